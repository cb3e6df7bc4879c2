#!/bin/sh
# The model behind the chat window.
exec vllm serve meta-llama/Llama-2-7b-chat-hf --port 8000
