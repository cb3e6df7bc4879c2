"""Models that Python source asks of an API, of Ollama or of a server of one's own."""

from textwrap import dedent

import pytest

from license_audit.model.reference import Hit
from license_audit.readers.scan.python_code import in_python


def hits(text: str) -> list[Hit]:
    """Hits of a text."""
    return list(in_python(dedent(text)))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('ChatOpenAI(model="gpt-4o")', ("gpt-4o", "hosted", "openai", "certain")),
        ('ChatOpenAI(model_name="gpt-4o", temperature=0)', ("gpt-4o", "hosted", "openai", "certain")),
        ('client.chat.completions.create(model="gpt-4o", messages=[])', ("gpt-4o", "hosted", "openai", "certain")),
        ('client.embeddings.create(input=x, model="text-embedding-3-small")',
         ("text-embedding-3-small", "hosted", "openai", "certain")),
        ('openai.ChatCompletion.create(model="gpt-4")', ("gpt-4", "hosted", "openai", "certain")),
        ('anthropic.Anthropic().messages.create(model="claude-sonnet-4")',
         ("claude-sonnet-4", "hosted", "anthropic", "certain")),
        ('ChatAnthropic(model="claude-sonnet-4")', ("claude-sonnet-4", "hosted", "anthropic", "certain")),
        ('ChatGroq(model_name="llama3-70b-8192")', ("llama3-70b-8192", "hosted", "groq", "certain")),
        ('genai.GenerativeModel("gemini-1.5-flash")', ("gemini-1.5-flash", "hosted", "google", "certain")),
        ('client.models.generate_content(model="gemini-2.0-flash", contents=x)',
         ("gemini-2.0-flash", "hosted", "google", "certain")),
        ('bedrock.invoke_model(modelId="anthropic.claude-v2", body=b)',
         ("anthropic.claude-v2", "hosted", "bedrock", "certain")),
        ('client.chat.completions.create(model="some-model-1b")', ("some-model-1b", "hosted", "", "likely")),
        ('client.chat.completions.create(model="ft:gpt-3.5-turbo:acme::x1")',
         ("ft:gpt-3.5-turbo:acme::x1", "hosted", "openai", "certain")),
        ('import litellm\nlitellm.completion(model="groq/llama3-70b")', ("llama3-70b", "hosted", "groq", "certain")),
        ('import litellm\nlitellm.completion("gpt-4o")', ("gpt-4o", "hosted", "openai", "certain")),
        ('import litellm\nlitellm.completion(model="ollama/llama3")', ("llama3", "ollama", "", "certain")),
        ('import litellm\nlitellm.completion(model="huggingface/acme/x-7b")', ("acme/x-7b", "hub", "", "certain")),
        ('import litellm\nlitellm.completion(model="acme/x-7b")', ("acme/x-7b", "hub", "", "likely")),
        ('import litellm\nlitellm.completion(model="qwen2-7b")', ("qwen2-7b", "name", "", "possible")),
        ('from crewai import LLM\nLLM(model="gemini/gemini-pro")', ("gemini-pro", "hosted", "google", "certain")),
        ('Agent("openai:gpt-4o")\nimport pydantic_ai', ("gpt-4o", "hosted", "openai", "certain")),
        ('completion(model="gpt-4o")', ("gpt-4o", "hosted", "openai", "likely")),
        ('init_chat_model("openai:gpt-4o")', ("gpt-4o", "hosted", "openai", "certain")),
        ('MODEL = "gpt-4o-mini"', ("gpt-4o-mini", "hosted", "openai", "likely")),
        ('MODEL = "anthropic/claude-sonnet-4"', ("claude-sonnet-4", "hosted", "anthropic", "likely")),
        ('MODEL = "openrouter/meta-llama/llama-3-8b"', ("meta-llama/llama-3-8b", "hosted", "openrouter", "likely")),
        ('MODEL = "openai/whisper-large-v3"', ("openai/whisper-large-v3", "hub", "", "likely")),
        ('MODEL = "ollama/llama3.2"', ("llama3.2", "ollama", "", "likely")),
        ('replicate.run("meta/llama-2-70b-chat:02e5")',
         ("meta/llama-2-70b-chat:02e5", "hosted", "replicate", "certain")),
        ('base_url = "https://openrouter.ai/api/v1"\nclient.chat.completions.create(model="google/gemma-3-1b-it:free")',
         ("google/gemma-3-1b-it:free", "hosted", "openrouter", "certain")),
        ('base_url="https://api.groq.com/openai/v1"\nclient.chat.completions.create(model="gemma-7b-it")',
         ("gemma-7b-it", "hosted", "groq", "certain")),
        ('base_url = "https://openrouter.ai/api/v1"\nMODEL = "anthropic/claude-sonnet-4"',
         ("anthropic/claude-sonnet-4", "hosted", "openrouter", "likely")),
        ('client.chat.completions.create(model="openrouter/auto")', ("auto", "hosted", "openrouter", "certain")),
    ],
)  # fmt: skip
def test_models_behind_an_api(code: str, expected: tuple[str, str, str, str]) -> None:
    assert [(hit.id, hit.kind, hit.provider, hit.certainty) for hit in hits(code)] == [expected]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('ChatOllama(model="mistral:latest")', ("mistral:latest", "ollama", "certain")),
        ('Ollama(model="llama3", base_url="http://localhost:11434")', ("llama3", "ollama", "certain")),
        ('OllamaEmbeddings("nomic-embed-text")', ("nomic-embed-text", "ollama", "certain")),
        ('import ollama\nollama.chat(model="jane/phi3:3.8b")', ("jane/phi3:3.8b", "ollama", "certain")),
        ('import ollama\nollama.pull("phi3")', ("phi3", "ollama", "certain")),
        ('import ollama\nollama.create(name="mine", from_="llama3.2")', ("llama3.2", "ollama", "certain")),
        ('import ollama\nclient.generate(model="llama3.2", prompt=p)', ("llama3.2", "ollama", "certain")),
        ('ChatOllama(model="hf.co/acme/x-GGUF:Q4_K_M")', ("acme/x-GGUF", "hub", "certain")),
        ('ChatOllama(model="modelscope.cn/acme/x-GGUF:latest")', ("acme/x-GGUF", "hub", "certain")),
        ('ChatOllama(model="./x-7b.gguf")', ("./x-7b.gguf", "path", "certain")),
        ('client = OpenAI(base_url="http://localhost:8000/v1")\nclient.chat.completions.create(model="acme/x-7b")',
         ("acme/x-7b", "hub", "likely")),
        ('client = OpenAI(base_url="http://vllm:8000/v1")\nclient.chat.completions.create(model="served-7b")',
         ("served-7b", "name", "possible")),
        ('client = OpenAI(base_url="http://10.0.0.7:8000/v1")\nclient.chat.completions.create(model="gpt-4")',
         ("gpt-4", "name", "possible")),
        ('ChatOpenAI(model="llama3.2", base_url="http://localhost:11434/v1")', ("llama3.2", "ollama", "likely")),
        ('client.chat.completions.create(model="/models/llama-7b")', ("/models/llama-7b", "path", "likely")),
    ],
)  # fmt: skip
def test_models_on_ones_own_machines(code: str, expected: tuple[str, str, str]) -> None:
    assert [(hit.id, hit.kind, hit.certainty) for hit in hits(code)] == [expected]


@pytest.mark.parametrize(
    "code",
    [
        'ChatOllama(model="two words of llama")\nm = "x/y-7b"',
        'client.chat.completions.create(model="two words of llama")\nm = "x/y-7b"',
        'import litellm\nlitellm.completion(model="nothing")\nm = "x/y-7b"',
        'import litellm\nlitellm.completion(model="ollama/two words")\nm = "x/y-7b"',
        'import litellm\nlitellm.completion(model="groq/two words")\nm = "x/y-7b"',
        'import litellm\nlitellm.completion(model="huggingface/nothing")\nm = "x/y-7b"',
        'client.messages.create(body="gpt-4", to=phone)',
        'replicate.run()\nm = "x/y-7b"',
        'x = "gpt-4"',
    ],
)
def test_what_is_no_name_of_a_model(code: str) -> None:
    assert hits(code) == []


def test_clients_of_several_servers() -> None:
    text = """
        one = OpenAI(base_url="https://api.groq.com/v1")
        two = OpenAI(base_url="https://api.deepseek.com")
        other = "https://example.org/x"
        one.chat.completions.create(model="gpt-4o")
    """
    (hit,) = hits(text)
    assert (hit.id, hit.provider) == ("gpt-4o", "openai")
