#!/bin/sh
# vllm serve google/gemma-2b
vllm serve google/gemma-2-9b-it --max-model-len 8192
ollama pull mistral:7b
