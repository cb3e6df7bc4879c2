"""Calls of Python libraries that load, fetch or ask a model, by the name that is called."""

from typing import Literal, NamedTuple

from license_audit.readers.scan.python_names import words

Way = Literal["load", "ollama", "hosted", "prefixed", "listed", "any"]
"""How a name in a place is resolved: by the Hub, by Ollama, by an API, by the prefix of a provider, by a list of the
tool's own, or in a way that the place does not tell."""


class Place(NamedTuple):
    """A place for the name of a model."""

    way: Way
    role: str
    provider: str = ""
    is_sure: bool = True
    """Whether the place holds nothing but models."""


class Call(NamedTuple):
    """A call that takes the name of a model."""

    place: Place
    positions: tuple[int, ...] = (0,)
    keywords: frozenset[str] = frozenset()
    """Further keywords for models, beside those whose names say so."""
    unless: frozenset[str] = frozenset()
    """Keywords that say something else here."""
    bases: frozenset[str] = frozenset()
    """What the name has to be called on; any when empty."""


LOAD = Place("load", "load")
DOWNLOAD = Place("load", "download")
ADAPTER = Place("load", "adapter")
LISTED = Place("listed", "load")
OLLAMA = Place("ollama", "ollama")
PREFIXED = Place("prefixed", "hosted")
HOSTED = Place("hosted", "hosted")
ARGUMENT = Place("any", "argument", is_sure=False)
CONSTANT = Place("any", "constant", is_sure=False)
DEFAULT = Place("any", "default", is_sure=False)
ENVIRONMENT = Place("any", "environment", is_sure=False)
KEY = Place("any", "key", is_sure=False)

_LOADERS = """
    SentenceTransformer SentenceTransformerEmbeddings SentenceTransformerEmbeddingFunction CrossEncoder SparseEncoder
    HuggingFaceEmbeddings HuggingFaceInstructEmbeddings HuggingFaceBgeEmbeddings HuggingFaceEmbedding
    HuggingFaceInferenceAPIEmbeddings HuggingFaceEndpointEmbeddings HuggingFaceHubEmbeddings HuggingFaceCrossEncoder
    HuggingFaceEmbeddingFunction HuggingFaceLLM HuggingFaceEndpoint HuggingFaceHub HuggingFaceInferenceAPI INSTRUCTOR
    InstructorEmbedding FlagModel BGEM3FlagModel FlagReranker FlagLLMReranker LayerWiseFlagLLMReranker FlagLLMModel
    SentenceTransformerRerank FlagEmbeddingReranker TextEmbedding SparseTextEmbedding ImageEmbedding
    LateInteractionTextEmbedding TextCrossEncoder FastEmbedEmbeddings KeyBERT ColBERT SetFitModel InferenceClient
    AsyncInferenceClient InferenceApi HfApiModel InferenceClientModel TransformersModel VLLMModel MLXModel
    AsyncEngineArgs EngineArgs VLLM VLLMOpenAI Llama LlamaCpp CTransformers ChatLlamaCpp LlamaCppModel PromptCompressor
    GPT4All GPT4AllEmbeddings SentenceTransformersDocumentEmbedder SentenceTransformersTextEmbedder HFClientVLLM HFModel
    TransformersSimilarityRanker HuggingFaceLocalGenerator HuggingFaceAPIGenerator HuggingFaceTGIGenerator
    TransformerWordEmbeddings TransformerDocumentEmbeddings Text2VecEmbeddings SFTTrainer DPOTrainer ORPOTrainer
    GRPOTrainer KTOTrainer RewardTrainer CPOTrainer Transformers
"""
_OLLAMA = """
    ChatOllama Ollama OllamaLLM OllamaEmbeddings OllamaEmbedding OllamaFunctions OllamaMultiModal OllamaChatGenerator
    OllamaGenerator OllamaEmbeddingFunction OllamaChatCompletionClient OllamaModel OllamaTextEmbedder
    OllamaDocumentEmbedder
"""
_ASKED = """
    openai: ChatOpenAI OpenAI OpenAIEmbeddings OpenAIEmbedding OpenAIChat OpenAIChatModel OpenAIModel OpenAIGenerator
    openai: OpenAIChatGenerator OpenAIServerModel OpenAIChatCompletionClient OpenAIMultiModal OpenAIEmbeddingFunction
    openai: OpenAILike OpenAIResponses OpenAITextEmbedder OpenAIDocumentEmbedder
    azure: AzureChatOpenAI AzureOpenAI AzureOpenAIEmbeddings AzureOpenAIEmbedding AzureOpenAIChatGenerator
    anthropic: ChatAnthropic Anthropic AnthropicChatGenerator AnthropicModel AnthropicLLM
    google: ChatGoogleGenerativeAI GoogleGenerativeAIEmbeddings GoogleGenerativeAI ChatVertexAI VertexAI GoogleModel
    google: VertexAIEmbeddings GeminiModel GoogleGenAI GoogleGenAIEmbedding GoogleAIGeminiChatGenerator ChatGooglePalm
    google: generate_content generate_content_stream embed_content Gemini GeminiEmbedding GenerativeModel
    groq: ChatGroq Groq GroqModel
    mistral: ChatMistralAI MistralAI MistralAIEmbeddings MistralAIEmbedding MistralModel
    cohere: ChatCohere Cohere CohereEmbeddings CohereEmbedding CohereRerank
    together: ChatTogether Together TogetherEmbeddings TogetherLLM TogetherEmbedding
    fireworks: ChatFireworks Fireworks FireworksEmbeddings
    bedrock: ChatBedrock ChatBedrockConverse Bedrock BedrockChat BedrockEmbeddings BedrockConverse BedrockEmbedding
    bedrock: BedrockModel BedrockLLM invoke_model converse converse_stream invoke_model_with_response_stream
    deepseek: ChatDeepSeek DeepSeek
    openrouter: ChatOpenRouter OpenRouter OpenRouterModel
    nvidia: ChatNVIDIA NVIDIAEmbeddings NVIDIARerank NVIDIA NVIDIAEmbedding
    perplexity: ChatPerplexity Perplexity
    xai: ChatXAI
    alibaba: ChatTongyi Tongyi DashScopeEmbeddings DashScope
    zhipu: ChatZhipuAI ZhipuAI ZhipuAIEmbeddings
    voyage: VoyageAIEmbeddings VoyageEmbedding VoyageAIRerank
    deepinfra: ChatDeepInfra DeepInfra DeepInfraEmbeddings
    databricks: ChatDatabricks DatabricksEmbeddings
    cerebras: ChatCerebras
    watsonx: ChatWatsonx WatsonxLLM ModelInference WatsonxEmbeddings
"""
_FIRST = frozenset(("Gemini", "GeminiEmbedding", "GenerativeModel"))
"""Those whose first argument is the model."""


def _table() -> dict[str, Call]:
    """Every known call."""
    found: dict[str, Call] = {}

    def put(names: str, call: Call) -> None:
        found.update(dict.fromkeys(names.split(), call))

    put(_LOADERS, Call(LOAD, (0,), words("repo_id tokenizer model_path"), words("task model_type model_kwargs")))
    put(_OLLAMA, Call(OLLAMA))
    for line in _ASKED.split("\n"):
        provider, _, names = line.strip().partition(": ")
        for name in names.split():
            positions = (0,) if name in _FIRST else ()
            found[name] = Call(Place("hosted", "hosted", provider), positions, words("engine deployment_name model_id"))
    put(
        "from_pretrained from_single_file from_model_id from_ckpt load_ip_adapter load_textual_inversion",
        Call(LOAD, (0,), words("repo_id path pretrained_name name_or_path"), words("adapter_name cache_dir")),
    )
    put("from_hparams foreign_class", Call(LOAD, (), words("source")))
    put(
        "load_lora_weights load_adapter load_attn_procs load_lora_adapter",
        Call(ADAPTER, unless=words("adapter_name weight_name")),
    )
    put("LLM", Call(LOAD, (0,), words("tokenizer")))
    put("Engine Runtime", Call(LOAD, (), words("model_path")))
    put("pipeline", Call(LOAD, (1,), words("feature_extractor image_processor")))
    put(
        "snapshot_download hf_hub_download hf_hub_url cached_download model_file_download load_from_hub model_info",
        Call(DOWNLOAD, (0,), words("repo_id model_id")),
    )
    put("load_model", Call(LISTED, (0,), words("name"), bases=words("whisper whisperx stable_whisper")))
    put("WhisperModel", Call(LISTED, (0,), words("model_size_or_path")))
    put("create_model", Call(LISTED, bases=words("timm open_clip clip")))
    put("create_model_and_transforms create_model_from_pretrained YOLO SAM RTDETR YOLOWorld FastSAM", Call(LISTED))
    put("ChatHuggingFace", Call(LOAD, ()))
    put(
        "init_chat_model LM ChatLiteLLM LiteLLM LiteLLMModel Agent init_embeddings completion acompletion",
        Call(PREFIXED),
    )
    return found


CALLS = _table()
ENDPOINTS = words(
    """completions chat embeddings messages responses images transcriptions translations speech moderations assistants
    ChatCompletion Completion Embedding Image Moderation jobs sessions"""
)
"""What `create`, `parse`, `stream`, `generate` and the like are called on in the clients of APIs."""
REQUESTS = words("create acreate parse stream generate edit")
OLLAMA_REQUESTS = words("chat generate pull embeddings embed show create")
SHELLS = words(
    """system popen run call check_call check_output Popen getoutput getstatusoutput run_commands shell sh execute
    run_command create_subprocess_shell create_subprocess_exec execute_command exec_run"""
)
"""Functions that start a command."""
QUIET = words(
    """print pprint debug info warning warn error exception critical log success markdown caption subheader header echo
    secho fail skip xfail rule Markdown HTML Exception ValueError RuntimeError ImportError OSError KeyError
    AssertionError NotImplementedError TypeError"""
)
"""Functions whose strings are for readers."""
OUTPUTS = words(
    """push_to_hub create_repo upload_folder upload_file upload_large_folder create_commit delete_repo save_pretrained
    save_model save save_pretrained_merged save_pretrained_gguf push_to_hub_merged push_to_hub_gguf makedirs
    create_branch create_tag repo_exists save_to_hub push_to_hub_keras create_model_card"""
)
"""Functions that write what they are given the name of."""
DATA = words(
    """load_dataset load_from_disk load_dataset_builder get_dataset_config_names load_metric Dataset DatasetDict
    get_dataset_split_names dataset_info"""
)
"""Functions that are given the name of a data set."""
NOT_PLACES = words(
    """init TrainingArguments SFTConfig Repository ModelCardData CometLogger WandbLogger set_experiment
    log_param log_params setup namedtuple token_counter encoding_for_model"""
)
"""Calls whose keywords name something else, even where they are spelled like a model's."""
OPTIONS = words("add_argument option Option argument Argument add_option")
"""Functions that describe an option of a command line, with its names as strings and a default."""
FLAGS = words("DEFINE_string DEFINE_enum DEFINE_list DEFINE_multi_string")
DEFAULTED = words("field Field Option Argument Query Body Form ib attrib mapped_column")
"""Functions that describe a field or parameter, with its default first or by name."""
