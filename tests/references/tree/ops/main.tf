module "vpc" {
  source = "terraform-aws-modules/vpc/aws"
}

variable "model_id" {
  # tiiuae/falcon-180B would not fit
  default = "tiiuae/falcon-40b-instruct"
}
