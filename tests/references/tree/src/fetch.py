import subprocess

from datasets import load_dataset
from huggingface_hub import hf_hub_download, snapshot_download
from openai import OpenAI
from vllm import LLM

snapshot_download(repo_id="tiiuae/falcon-7b-instruct")
path = hf_hub_download("TheBloke/Llama-2-7B-Chat-GGUF", filename="llama-2-7b-chat.Q4_K_M.gguf")
data = load_dataset("tatsu-lab/alpaca")
engine = LLM(model="mosaicml/mpt-7b-chat")
answer = OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])
subprocess.run(["huggingface-cli", "download", "stabilityai/stable-diffusion-2-1"], check=True)
