"""What YAML of each tool names, and where."""

import pytest

from tests.readers.scan.places import Place, places


def found(text: str, path: str = "deploy/config.yaml") -> set[Place]:
    """The places in a file with this text."""
    return places(text, path)


EXAMPLES: dict[str, tuple[str, set[Place]]] = {
    "production stack": (
        """\
servingEngineSpec:
  modelSpec:
    - name: "llama3"
      repository: "vllm/vllm-openai"
      tag: latest
      modelURL: "acme/llama-3-8b"
      vllmConfig:
        extraArgs: ["--speculative-model", "acme/draft-1b", "--max-model-len", "4096"]
loraAdapters:
  - name: topic
    baseModel: "llama3"
    adapterSource:
      type: "huggingface"
      adapterName: "topic-control"
      repository: "acme/topic-control"
""",
        {(6, "acme/llama-3-8b", "hub"), (8, "acme/draft-1b", "hub"), (15, "acme/topic-control", "hub")},
    ),
    "inference service": (
        """\
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: huggingface-llama3
  labels: {model: acme/label}
spec:
  predictor:
    model:
      modelFormat: {name: huggingface}
      args:
        - --model_name=llama3
        - --model_id=acme/llama-3-8b
        - --tokenizer_revision=main
      storageUri: hf://acme/other-8b:v1
---
kind: Other
spec:
  storageUri: s3://bucket/models/acme
""",
        {(12, "acme/llama-3-8b", "hub"), (14, "acme/other-8b", "hub")},
    ),
    "environment by names and values": (
        """\
containers:
  - name: app
    image: acme/image:latest
    command: ["/run.sh"]
    env:
      - name: DEVICE
        value: "xla"
      - name: MODEL_ID
        value: "acme/mistral-7b"
      - name: DATASET_ID
        value: acme/dataset
      - {name: TOKENIZER, value: acme/tokenizer}
      - name: MODEL_SOURCE
        valueFrom: {secretKeyRef: {name: acme/secret}}
""",
        {(9, "acme/mistral-7b", "hub"), (12, "acme/tokenizer", "hub")},
    ),
    "flag and value as items": (
        """\
spec:
  containers:
    - image: vllm/vllm-openai:v0.8
      command: [python3, -m, vllm.entrypoints.openai.api_server]
      args:
        - --model
        - acme/llama-3-8b
        - --served-model-name
        - acme/served
        - --download-dir
        - /data
""",
        {(7, "acme/llama-3-8b", "hub")},
    ),
    "first argument of an image that serves": (
        """\
services:
  vllm:
    image: vllm/vllm-openai:latest
    command: acme/llama-3-8b --port 8000
  other:
    image: vllm/vllm-openai:latest
    command: ["acme/mistral-7b", "--port", "8000"]
""",
        {(4, "acme/llama-3-8b", "hub"), (7, "acme/mistral-7b", "hub")},
    ),
    "compose": (
        """\
services:
  tgi:
    image: ghcr.io/huggingface/text-generation-inference:2
    environment:
      MODEL_ID: ${TGI_MODEL:-acme/llama-3-8b}
      LLM_MODEL_ID: ${LLM_MODEL_ID}
      HOSTED_MODEL: ${ROUTED:-google/gemma-3-1b-it:free}
    command: --model-id ${EMBEDDER_MODEL_ID:-acme/embedder-base} --port 80
  list:
    image: acme/list
    environment:
      - EMBEDDING_MODEL=acme/embedder-base
      - CACHE=/models/cache
      - OLLAMA_MODEL=llama3.1
    volumes:
      - ./models:/models
  local:
    image: quay.io/go-skynet/local-ai:master
    command:
      # - commented/model
      - phi-2
""",
        {
            (5, "acme/llama-3-8b", "hub"),
            (7, "google/gemma-3-1b-it:free", "hosted"),
            (8, "acme/embedder-base", "hub"),
            (12, "acme/embedder-base", "hub"),
            (14, "llama3.1", "ollama"),
            (21, "phi-2", "name"),
        },
    ),
    "shell scripts in block scalars": (
        """\
run: |
  # ollama pull commented
  huggingface-cli download acme/llama-3-8b \\
    --local-dir /data
  git clone https://huggingface.co/datasets/acme/data
setup: >-
  vllm serve
  acme/folded-7b
  --port 8000
""",
        {(3, "acme/llama-3-8b", "hub"), (8, "acme/folded-7b", "hub")},
    ),
    "documents in a ConfigMap": (
        """\
kind: ConfigMap
data:
  config.yaml: |

    models:
      - id: acme/llama-3-8b
  settings.json: |
    {
      "model": "acme/mistral-7b"
    }
  start.sh: |
    vllm serve acme/qwen-7b
  serve.py: |
    from transformers import AutoModel
    AutoModel.from_pretrained("acme/bert-base")
  assistant.modelfile: |
    FROM llama3.2:3b
    SYSTEM you are acme/nobody
  plain: acme/nothing
""",
        {
            (6, "acme/llama-3-8b", "hub"),
            (9, "acme/mistral-7b", "hub"),
            (12, "acme/qwen-7b", "hub"),
            (15, "acme/bert-base", "hub"),
            (17, "llama3.2:3b", "ollama"),
        },
    ),
    "LiteLLM": (
        """\
model_list:
  - model_name: gpt-4o
    litellm_params:
      model: azure/my-deployment
      api_key: os.environ/KEY
  - model_name: local
    litellm_params: {model: openai/llama3, api_base: "http://127.0.0.1:8080/v1"}
  - model_name: served
    litellm_params:
      model: hosted_vllm/acme/llama-3-8b
      api_base: http://vllm:8000
  - litellm_params:
      model: huggingface/together/acme/zephyr-7b
  - litellm_params: {model: ollama_chat/llama3}
  - litellm_params: {model: claude-3-opus-20240229}
  - litellm_params: {model: bedrock/converse/anthropic.claude-v2}
  - litellm_params: {model: openai/acme/llama-3-8b, api_base: "http://host.docker.internal/v1"}
  - litellm_params: {model: lm_studio/phi-4}
  - litellm_params: {model: vllm/local-name}
  - litellm_params: {model: "openai/*"}
  - litellm_params: {model: os.environ/MODEL}
  - litellm_params: {model: own-name, custom_llm_provider: groq}
  - litellm_params: {model: acme/zephyr-7b}
  - litellm_params: {drop_params: true}
router_settings:
  model_group_alias: {"gpt-4": "acme/nothing"}
semantic:
  embedding_model: gpt-4o
""",
        {
            (4, "my-deployment", "hosted"),
            (7, "llama3", "name"),
            (10, "acme/llama-3-8b", "hub"),
            (13, "acme/zephyr-7b", "hub"),
            (14, "llama3", "ollama"),
            (15, "claude-3-opus-20240229", "hosted"),
            (16, "anthropic.claude-v2", "hosted"),
            (17, "acme/llama-3-8b", "hub"),
            (18, "phi-4", "name"),
            (19, "local-name", "name"),
            (22, "own-name", "hosted"),
            (23, "acme/zephyr-7b", "hub"),
        },
    ),
    "LocalAI": (
        """\
name: gpt-4
backend: llama-cpp
context_size: 4096
parameters:
  model: luna-7b.Q4_K_M.gguf
mmproj: luna-mmproj.gguf
download_files:
  - filename: luna-7b.Q4_K_M.gguf
    uri: huggingface://acme/luna-7B-GGUF/luna-7b.Q4_K_M.gguf
usage: |
  curl http://localhost:8080/v1/chat/completions -d '{"model": "gpt-4"}'
---
name: embed
embeddings: true
parameters: {model: bert-embeddings}
---
name: images
backend: diffusers
parameters: {model: acme/dream-1.5}
---
backend: piper
parameters: {model: amy-low}
---
backend: other
parameters: {model: amy.keras}
---
backend: none
parameters: {model: two words}
---
parameters: {model: nothing}
""",
        {
            (5, "luna-7b.Q4_K_M.gguf", "path"),
            (6, "luna-mmproj.gguf", "path"),
            (9, "acme/luna-7B-GGUF", "hub"),
            (15, "bert-embeddings", "name"),
            (19, "acme/dream-1.5", "hub"),
            (22, "amy-low", "name"),
            (25, "amy.keras", "path"),
        },
    ),
    "gallery": (
        """\
- name: "luna"
  url: "github:mudler/LocalAI/gallery/llama3.yaml@master"
  icon: https://huggingface.co/acme/luna-7b/resolve/main/icon.png
  license: https://huggingface.co/acme/luna-7b/blob/main/LICENSE
  urls:
    - https://huggingface.co/acme/luna-7b
    - https://huggingface.co/acme
    - https://huggingface.co/datasets/acme/data
    - https://huggingface.co/acme/luna-7b/blob/main/README.md
  overrides:
    parameters:
      model: luna.gguf
""",
        {(6, "acme/luna-7b", "hub"), (12, "luna.gguf", "path")},
    ),
    "mergekit": (
        """\
name: first
slices:
  - sources:
      - model: acme/orca-13b
        layer_range: [0, 40]
      - model: {model: {path: acme/platypus-13b}}
base_model: acme/orca-13b
---
models:
  - model: first
  - model: acme/wizard-13b@v2+acme/lora-13b
  - model: ./local-13b
merge_method: slerp
tokenizer_source: union
""",
        {
            (4, "acme/orca-13b", "hub"),
            (6, "acme/platypus-13b", "hub"),
            (7, "acme/orca-13b", "hub"),
            (11, "acme/wizard-13b", "hub"),
            (11, "acme/lora-13b", "hub"),
        },
    ),
    "training": (
        """\
base_model: acme/falcon-7b  # or commented/falcon-40b
tokenizer_config: acme/nothing
model_name_or_path: bert-base-uncased
adapter: lora
lora_model_dir:
reward_model: acme/reward-7b
teacher_name_or_path: cerebras/Cerebras-GPT-1.3B
ref_model: ./outputs/ref
hub_model_id: acme/uploaded
output_dir: saves/falcon-7b/lora
wandb_project: acme/project
datasets:
  - path: acme/instructions
dataset_mixer:
  acme/mix: 1.0
eval_dataset: acme/eval
hf_model_ckpt: ["acme/first-7b", "acme/second-7b"]
resume_from_checkpoint: acme/checkpoint
dataset:
  repo_id: acme/robots
""",
        {
            (1, "acme/falcon-7b", "hub"),
            (3, "bert-base-uncased", "hub"),
            (6, "acme/reward-7b", "hub"),
            (7, "cerebras/Cerebras-GPT-1.3B", "hub"),
            (17, "acme/first-7b", "hub"),
            (17, "acme/second-7b", "hub"),
        },
    ),
    "Truss": (
        """\
model_name: Llama for everybody
model_metadata:
  example_model_input: {"model": "acme/example-7b"}
  repo_id: acme/falcon-10b
model_cache:
  - repo_id: acme/cached-7b
    revision: abc123
trt_llm:
  build:
    base_model: decoder
    checkpoint_repository:
      repo: acme/falcon-10b
      source: HF
  runtime:
    served_model_name: acme/served
other:
  checkpoint_repository: {repo: michaelfeil/empty-model, source: HF}
""",
        {(4, "acme/falcon-10b", "hub"), (6, "acme/cached-7b", "hub"), (12, "acme/falcon-10b", "hub")},
    ),
    "dstack": (
        """\
type: service
image: ghcr.io/huggingface/text-generation-inference:latest
env:
  - MODEL_ID=acme/llama-13b
commands:
  - text-generation-launcher --port 80 --model-id acme/llama-7b
  - echo acme/nothing
model:
  type: chat
  name: acme/llama-13b
  format: tgi
  chat_template: "{% for message in messages %}{{ message }}{% endfor %}"
""",
        {(4, "acme/llama-13b", "hub"), (6, "acme/llama-7b", "hub"), (10, "acme/llama-13b", "hub")},
    ),
    "LM Studio": (
        """\
model: acme/tiny-8b
base:
  - key: community/tiny-8b-gguf
    sources:
      - type: huggingface
        user: community
        repo: Tiny-8B-GGUF
  - key: community/tiny-8b-other
    sources:
      - {type: github, user: community, repo: Tiny}
      - {type: huggingface, user: not ours, repo: Tiny}
      - {type: huggingface, user: [list], repo: Tiny}
""",
        {(1, "acme/tiny-8b", "name"), (6, "community/Tiny-8B-GGUF", "hub")},
    ),
    "chart of Ollama": (
        """\
ollama:
  models:
    pull:
      - llama3
      - mistral:7b
    run: [llama3, "two words"]
    create:
      - name: own
        template: |
          FROM acme/base:7b
---
models: {pull: acme/nothing}
""",
        {
            (4, "llama3", "ollama"),
            (5, "mistral:7b", "ollama"),
            (6, "llama3", "ollama"),
            (10, "acme/base:7b", "ollama"),
        },
    ),
    "catalog": (
        """\
parent_id: acme/mixtral-8x7b
tags:
  - base_model:acme/mixtral-8x7b
  - base_model:quantized:acme/mixtral-8x7b
  - license:apache-2.0
models:
  acme/keyed-7b: {weight: 1}
  plain: {weight: 2}
  chat: {name: acme/chat-7b}
variants:
  Q2_K:
    backend_arguments: [--model, models/mixtral/Q2_K.gguf]
  Q4_0:
    backend_arguments: [--model, models/8B-mixtral/Q4_0/Q4_0.gguf]
    artifacts:
      - uri: https://huggingface.co/acme/mixtral-GGUF/resolve/v1/mixtral.Q2_K.gguf
readme_path: /acme/mixtral/README.md
""",
        {
            (1, "acme/mixtral-8x7b", "hub"),
            (3, "acme/mixtral-8x7b", "hub"),
            (4, "acme/mixtral-8x7b", "hub"),
            (7, "acme/keyed-7b", "hub"),
            (9, "acme/chat-7b", "hub"),
            (16, "acme/mixtral-GGUF", "hub"),
        },
    ),
    "providers": (
        """\
chat: {provider: openai, model: gpt-4o}
local: {provider: openai, base_url: "http://localhost:8000/v1", model: acme/llama-3-8b}
own: {provider: openai, base_url: "http://localhost:11434/v1", model: llama3}
router: {base_url: "https://openrouter.ai/api/v1", model: acme/llama-3-8b}
groq: {model: llama-3.1-8b-instant}
agents:
  - {engine: nvidia_ai_endpoints, model: acme/llama-3-70b}
  - {llm: ollama/llama3}
  - {llm: anthropic/claude-3-5-sonnet-20240620}
  - {type: vllm, model: acme/mistral-7b}
elsewhere: {provider: groq, base_url: "https://api.openai.com/v1", model: llama3-70b-8192}
far: {provider: acme, base_url: "https://llm.acme.example.com/v1", model: acme/far-7b}
""",
        {
            (1, "gpt-4o", "hosted"),
            (2, "acme/llama-3-8b", "hub"),
            (3, "llama3", "ollama"),
            (4, "acme/llama-3-8b", "hosted"),
            (5, "llama-3.1-8b-instant", "hosted"),
            (7, "acme/llama-3-70b", "hosted"),
            (8, "llama3", "ollama"),
            (9, "claude-3-5-sonnet-20240620", "hosted"),
            (10, "acme/mistral-7b", "hub"),
            (11, "llama3-70b-8192", "hosted"),
            (12, "acme/far-7b", "hub"),
        },
    ),
    "aliases": (
        """\
x-model: &model acme/llama-3-8b
x-llm: &llm {model: acme/mistral-7b}
first: *llm
second: {<<: *llm}
third: {MODEL_ID: *model}
""",
        {(1, "acme/llama-3-8b", "hub"), (2, "acme/mistral-7b", "hub")},
    ),
    "several in one value": (
        """\
MODELS: acme/first-7b,acme/second-7b; acme/third-7b
lookup: {model: '${oc.env:MODEL,acme/fourth-7b}'}
path: ${MODEL_PATH:-acme/fifth-7b}
prose: {model: the best model is acme/nothing said everybody}
""",
        {
            (1, "acme/first-7b", "hub"),
            (1, "acme/second-7b", "hub"),
            (1, "acme/third-7b", "hub"),
            (2, "acme/fourth-7b", "hub"),
            (3, "acme/fifth-7b", "hub"),
        },
    ),
    "objects in texts": (
        """\
args: ["--speculative-config", '{"model": "acme/draft-1b"}']
extra: '{"model": "acme/extra-7b"}'
PRELOAD_MODELS: '[{"url": "github:acme/gallery/x.yaml", "model": "acme/preloaded-7b"}]'
""",
        {(1, "acme/draft-1b", "hub"), (2, "acme/extra-7b", "hub"), (3, "acme/preloaded-7b", "hub")},
    ),
    "Kitfile": (
        """\
manifestVersion: "1.0.0"
package: {name: acme}
model:
  name: tiny-0.6B
  path: ./weights
  parts:
    - path: ./weights/lora.gguf
    - {path: ./weights/adapter, type: LoRA adapter}
    - {path: ./Modelfile, type: config}
    - path: [list]
    - text
code: [{path: ./src}]
datasets: [{path: data/model.bin}]
---
package: {name: from elsewhere}
model: {path: hf://acme/tiny-1b, parts: {none: here}}
---
manifestVersion: "1.0.0"
model: {path: ./}
---
manifestVersion: "1.0.0"
model: {path: $WEIGHTS}
---
manifestVersion: "1.0.0"
model: {framework: sklearn}
""",
        {
            (5, "./weights", "path"),
            (7, "./weights/lora.gguf", "path"),
            (8, "./weights/adapter", "path"),
            (16, "acme/tiny-1b", "hub"),
        },
    ),
    "parts of a kit": (
        """\
manifestVersion: "1.0.0"
model:
  path: model.joblib
  parts:
    - path: layers/part-2.pkl
    - path: ./heads/second
    - path: ./heads/tokenizer
    - path: ./heads/config.json
""",
        {(3, "model.joblib", "path"), (5, "layers/part-2.pkl", "path"), (6, "./heads/second", "path")},
    ),
    "folders that are loaded": (
        """\
model_name_or_path: models/Llama-2-7b
adapter_name_or_path: saves/tuned/lora/sft
partial_pretrain: ~/models/gemma-2-2b-it
tokenizer_name_or_path: ./mistral-7b-tokenizer/
base_model: ./checkpoints/ours
model_path: path/to/llama-3-8b
chat_model: models/gemini-1.5-pro
vision_model: "./"
checkpoint_files: [consolidated.00.pth, pytorch_model.bin, llama-2-7b.Q4_0.gguf]
output_model: models/Llama-2-7b-tuned
""",
        {
            (1, "models/Llama-2-7b", "path"),
            (2, "saves/tuned/lora/sft", "path"),
            (3, "~/models/gemma-2-2b-it", "path"),
            (4, "./mistral-7b-tokenizer/", "path"),
            (7, "gemini-1.5-pro", "hosted"),
            (9, "llama-2-7b.Q4_0.gguf", "path"),
        },
    ),
    "presets and formats": (
        """\
model: {type: chat, name: mixtral, format: openai}
tuning:
  preset: {name: phi-3-mini-128k-instruct}
other:
  preset: {name: fast}
more:
  preset: {name: [list]}
odd:
  model: {name: two words, format: tgi}
""",
        {(1, "mixtral", "name"), (3, "phi-3-mini-128k-instruct", "name")},
    ),
    "routers": (
        """\
model_list:
  - {model_name: a, litellm_params: {model: predibase/llama-3-8b-instruct}}
  - {model_name: b, litellm_params: {model: xinference/acme/tiny-1b}}
  - {model_name: c, litellm_params: {model: openai/fake}}
  - {model_name: d, litellm_params: {model: openai/429}}
  - {model_name: e, litellm_params: {model: watsonx/deployment/0a1b}}
  - {model_name: llama3-8b-instruct, litellm_params: {}}
""",
        {
            (2, "llama-3-8b-instruct", "hosted"),
            (3, "acme/tiny-1b", "hub"),
            (7, "llama3-8b-instruct", "name"),
        },
    ),
    "catalog of files": (
        """\
# of models
first: {repo: acme/flux-dev, base: acme/flux, file: flux.safetensors}
second: {repo: acme/flux-dev, base: plain, filename: flux.gguf, revision: v1}
third: {repo: acme/site, file: index.html}
fourth: {repo: acme/tool, source: github, file: tool.onnx}
fifth: {repo: acme/Qwen3-8B-4bit}
sixth: {repository: acme/llama-3-8b-server, tag: v1}
seventh: {repo: acme/llama}
""",
        {
            (2, "acme/flux-dev", "hub"),
            (2, "acme/flux", "hub"),
            (3, "acme/flux-dev", "hub"),
            (6, "acme/Qwen3-8B-4bit", "hub"),
        },
    ),
    "sizes behind names": (
        """\
# models
chat: [{name: "llama3.1:8b", note: like mistral}, {name: "llava:7b"}]
embed: [{name: nomic-embed-text}, {name: ours}]
sets: {quick: ["gemma3:latest", "service:latest", "web:8b"]}
models: {"gemma3:12b_it_qat": {priority: 1}}
image: llama3:8b
ports: ["8000:80"]
""",
        {
            (2, "llama3.1:8b", "ollama"),
            (2, "llava:7b", "ollama"),
            (3, "nomic-embed-text", "ollama"),
            (4, "gemma3:latest", "ollama"),
            (5, "gemma3:12b_it_qat", "ollama"),
        },
    ),
    "a client of one's own server": (
        """\
environment:
  OPENAI_BASE_URL: http://vllm:8000/v1
  OPENAI_MODEL: ours
---
environment:
  OPENAI_MODEL: ours
""",
        {(6, "ours", "hosted")},
    ),
    "shapes of commands": (
        """\
a: {args: ["--tensor-parallel-size 4", "--model acme/spaced-7b", "", {no: text}], name: x}
b: {image: acme/image, command: [bash, -c, "vllm serve acme/inner-7b"], args: {no: list}}
c: {image: acme/vllm, entrypoint: [/bin/serve], args: [--model, acme/entry-7b]}
d: {image: {repository: acme/localai, tag: v1}, args: [phi-2]}
e: {image: acme/vllm, command: "python -m vllm --model acme/module-7b"}
f: {image: acme/vllm, command: "--model acme/flags-7b"}
g: {image: [acme/vllm], command: [], args: []}
h: {commands: [vllm serve acme/lines-7b, {no: text}, "--model acme/more-7b"]}
i: {script: {file: acme/nothing}}
j: {note: "--model acme/quiet-7b", options: "--model acme/options-7b --port 80"}
k: {scripts: {start: "vllm serve acme/script-7b", more: [x]}}
l:
  - --model acme/item-7b
n:
  command:
    - python3
    - -c
    - |
      from transformers import AutoModel
      AutoModel.from_pretrained("acme/inline-7b")
m: {image: acme/local-ai, command: "phi-2  mistral-7b"}
""",
        {
            (1, "acme/spaced-7b", "hub"),
            (2, "acme/inner-7b", "hub"),
            (3, "acme/entry-7b", "hub"),
            (4, "phi-2", "name"),
            (5, "acme/module-7b", "hub"),
            (6, "acme/flags-7b", "hub"),
            (8, "acme/lines-7b", "hub"),
            (8, "acme/more-7b", "hub"),
            (10, "acme/options-7b", "hub"),
            (11, "acme/script-7b", "hub"),
            (13, "acme/item-7b", "hub"),
            (20, "acme/inline-7b", "hub"),
            (21, "phi-2", "name"),
            (21, "mistral-7b", "name"),
        },
    ),
    "texts without a name": (
        """\
one: |
  #!/usr/bin/env python3
  import x
  x.AutoModel.from_pretrained("acme/one-7b")
two: |
  #!/bin/bash
  vllm serve acme/two-7b
three: |
  from transformers import pipeline
  pipeline("text-generation", model="acme/three-7b")
run: |
  import transformers
  transformers.AutoModel.from_pretrained("acme/four-7b")
five: |
  just prose that says model
  acme/five-7b
six: "{\\"model\\": \\"acme/six-7b\\"}"
seven: |
  --model acme/seven-7b
MODEL_ID: |
  acme/eight-7b
models: |
  {"model": "acme/nine-7b"}
""",
        {
            (4, "acme/one-7b", "hub"),
            (7, "acme/two-7b", "hub"),
            (10, "acme/three-7b", "hub"),
            (13, "acme/four-7b", "hub"),
            (17, "acme/six-7b", "hub"),
            (19, "acme/seven-7b", "hub"),
            (21, "acme/eight-7b", "hub"),
            (23, "acme/nine-7b", "hub"),
        },
    ),
    "parameters of a workflow": (
        """\
parameters:
  - name: model-id
    default: acme/llama-3-8b
    command: echo acme/nothing
  - {name: tokenizer, defaultValue: acme/tokenizer, run: vllm serve acme/served-7b}
  - {name: [list], value: acme/nothing}
environment:
  - MODEL_IMAGE=acme/image
  - MODEL_COUNT=3
  - OLLAMA_LLM=llama3:8b
  - TOKENIZER_ID=acme/tokenizer
image: ${MODEL_IMAGE:-acme/image}
other: ${MODEL_IMAGE:-acme/image}
mount: ${LLM_MODEL:-acme/mounted-7b}
""",
        {
            (3, "acme/llama-3-8b", "hub"),
            (5, "acme/tokenizer", "hub"),
            (5, "acme/served-7b", "hub"),
            (10, "llama3:8b", "ollama"),
            (11, "acme/tokenizer", "hub"),
            (14, "acme/mounted-7b", "hub"),
        },
    ),
    "names that users give": (
        """\
models:
  - {name: llama-3-8b, model: acme/llama-3-8b}
  - {name: gpt-4o, path: acme/other-7b}
engine: {model_name: gpt-4o}
chat: {model: llama-3-8b}
draft: {model: phi-2}
""",
        {(2, "acme/llama-3-8b", "hub"), (3, "acme/other-7b", "hub"), (6, "phi-2", "name")},
    ),
    "MLmodel": (
        """\
flavors:
  transformers:
    source_model_name: acme/classifier
    model_binary: model
    pipeline_model_type: BertModel
model_path: model.pkl
run_id: abc
""",
        {(3, "acme/classifier", "hub")},
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_dialect_names_what_a_reader_sees(name: str) -> None:
    text, expected = EXAMPLES[name]
    assert found(text) == expected


NOTHING = {
    "workflow": """\
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy: {matrix: {model: [small, large]}}
    steps:
      - uses: actions/checkout@v4
      - uses: acme/model-action@v1
      - run: docker build -t acme/model:latest .
      - name: model tests
        run: pytest tests/models
""",
    "pre-commit": """\
repos:
  - repo: acme/model-hooks
    rev: v1
    hooks: [{id: models}]
""",
    "interface": """\
openapi: 3.0.0
components:
  schemas:
    Request: {example: {model: acme/llama-3-8b}}
""",
    "templates of an interface": "swagger: '2.0'\nmodel: acme/llama-3-8b\n",
    "words of people": """\
en:
  model: Model
  models: Models and/or cars
  model_name: Name of the model
  base_model: Base/Model name
""",
    "playbook": """\
- hosts: all
  vars: {model_dir: models/current, device_model: acme/router}
  roles: [acme.models]
  tasks:
    - name: copy the model
      copy: {src: files/model, dest: /etc/model}
""",
    "tables": """\
models:
  - name: stg_orders
    description: the model of orders
model-paths: ["models"]
""",
    "links that load nothing": """\
license_link: https://huggingface.co/acme/llama-3-8b/blob/main/LICENSE
logo: https://huggingface.co/acme/llama-3-8b
model_url: https://example.com/acme/llama-3-8b
model: pvc://acme/llama
""",
    "placeholders": """\
model: your-org/your-model
base_model: <org/name>
model_id: "{{ model }}"
tokenizer: $TOKENIZER
hf_model: username/model-name
""",
    "containers": """\
model:
  image: acme/server:latest
  repository: acme/server
  tag: latest
model_image: acme/server
images: [acme/server]
""",
    "mime types and folders": """\
model: model/gltf-binary
model_path: models/llama
checkpoint: checkpoints/last
llm: text/plain
""",
    "nothing at all": "",
    "a list": "- 1\n- model\n",
    "only a comment": "# model: acme/llama-3-8b\n",
    "tags that no Ollama has": "model: iris_clf:latest\nmodels: ['service:v1']\n",
    "short names beside ids": "model_name: llama-3-8b\n",
}


@pytest.mark.parametrize("name", NOTHING)
def test_files_that_name_no_model_give_nothing(name: str) -> None:
    assert found(NOTHING[name]) == set()


def test_lists_of_packages_are_passed_over() -> None:
    assert found("model: acme/llama-3-8b\n", "pnpm-lock.yaml") == set()


@pytest.mark.parametrize("path", ["Kitfile", "a/MLmodel", "values.yaml.gotmpl", "config.YML", "x.yaml.j2"])
def test_names_of_files_that_are_yaml(path: str) -> None:
    assert found("model: acme/llama-3-8b\n", path) == {(1, "acme/llama-3-8b", "hub")}
