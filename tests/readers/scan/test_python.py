"""Models that Python source names in calls, constants, defaults and options."""

from textwrap import dedent

import pytest

from license_audit.model.reference import Hit
from license_audit.readers.scan.kinds import python
from license_audit.readers.scan.python_code import in_python
from license_audit.readers.scan.registry import kind_of
from license_audit.readers.scan.source import Source


def hits(text: str) -> list[Hit]:
    """Hits of a text."""
    return list(in_python(dedent(text)))


def found(text: str) -> list[str]:
    """Hits as `line id`, with the kind where it is not the Hub."""
    return [f"{hit.line} {hit.id}" + ("" if hit.kind == "hub" else f" {hit.kind}") for hit in hits(text)]


def one(text: str) -> Hit:
    """The only hit of a text."""
    (hit,) = hits(text)
    return hit


def test_a_file_is_read_by_its_kind() -> None:
    source = Source("src/a.py", b'\xef\xbb\xbfAutoModel.from_pretrained("a/b", revision="x")\n')
    assert list(python.read(source)) == [Hit(1, 28, "a/b", "hub", "load", "certain")]
    assert any(hint in source.data for hint in python.HINTS)


def test_a_text_within_a_file() -> None:
    text = 'm = AutoModel.from_pretrained("a/b-1")\nn = AutoModel.from_pretrained("a/b-2")'
    assert [(hit.line, hit.column) for hit in in_python(text, 10, 5)] == [(10, 36), (11, 32)]


@pytest.mark.parametrize(
    "code",
    [
        'AutoModelForCausalLM.from_pretrained("a/b")',
        "AutoTokenizer.from_pretrained(pretrained_model_name_or_path='a/b')",
        'FastLanguageModel.from_pretrained(model_name="a/b", max_seq_length=2048)',
        'pipeline("text-generation", "a/b")',
        'pipeline(model="a/b")',
        'pipeline("a/b")',
        'pipeline("ner", model=m, tokenizer="a/b")',
        'SentenceTransformer("a/b", device="cpu")',
        'CrossEncoder(model_name="a/b")',
        'snapshot_download("a/b", local_dir="models/b")',
        'hf_hub_download(repo_id="a/b", filename="model.safetensors")',
        'LLM(model="a/b", dtype="half")',
        'LLM("a/b")',
        'vllm.AsyncEngineArgs(model="a/b")',
        'HuggingFaceEmbeddings(model_name="a/b", model_kwargs={"device": "cpu"})',
        'HuggingFacePipeline.from_model_id(model_id="a/b", task="text-generation")',
        'PeftModel.from_pretrained(base, "a/b")',
        'pipe.load_lora_weights("a/b", weight_name="x.safetensors")',
        'EncoderClassifier.from_hparams(source="a/b", savedir="tmp")',
        'InferenceClient(model="a/b")',
        'InferenceClient("a/b")',
        'LlamaCpp.from_pretrained(repo_id="a/b", filename="*q8_0.gguf")',
        'bentoml.models.HuggingFaceModel("a/b")',
        'download_model("a/b")',
        'get_model("hf_pretrained", "a/b")',
        'timm.create_model("hf_hub:a/b", pretrained=True)',
        'open_clip.create_model_and_transforms("hf-hub:a/b")',
        'WhisperModel("a/b", device="cuda")',
    ],
)
def test_calls_that_load(code: str) -> None:
    assert found(code) == ["1 a/b"]


@pytest.mark.parametrize(
    "code",
    [
        'load_dataset("a/b", split="train")',
        'Dataset.from_pretrained("a/b")',
        'hf_hub_download("a/b", "train.json", repo_type="dataset")',
        'snapshot_download(repo_id="a/b", repo_type="space")',
        'model.push_to_hub("a/b")',
        'api.upload_folder(folder_path="out", repo_id="a/b")',
        'wandb.init(project="a/b")',
        'TrainingArguments(output_dir="a/b", hub_model_id="a/b")',
        'trainer = Thing(hub_model_id="a/b", output_dir="a/b")',
        'torch.hub.load("pytorch/vision", weights=None)',
        'AutoModel.from_pretrained("your-org/your-model")',
        'AutoModel.from_pretrained("<acme>/model")',
        'AutoModel.from_pretrained("model")',
        'AutoModel.from_pretrained("./model.json")',
        'print("a/b", "load https://huggingface.co/a/b")',
        'logger.info("model https://huggingface.co/a/b")',
        'raise ValueError("a/b https://huggingface.co/a/b")',
        'assert model, "https://huggingface.co/a/b"',
        'if model == "a/b": pass',
        'mime = {"content": {"image/png": {}}, "type": "application/json"}',
        "# AutoModel.from_pretrained('a/b')",
        '"""AutoModel.from_pretrained("a/b")"""',
        'def f():\n    """Load a/b from https://huggingface.co/a/b"""',
        'ModelForm.Meta.model = "auth.User"',
        'token_counter(model="gpt-4")',
        'response = {"model": "gpt-4", "choices": [], "object": "chat.completion"}',
        'Field(description="model https://huggingface.co/a/b")',
        'spacy.blank("en")',
    ],
)
def test_what_names_no_model_in_use(code: str) -> None:
    assert not [text for text in found(code) if not text.endswith(" path")]


def test_where_a_place_is() -> None:
    text = """
        MODELS = "ß", ("acme/first-7b")
        é = AutoModel.from_pretrained("acme/" "second-7b")
        x = AutoModel.from_pretrained(
            # acme/third-7b
            "acme/third-7b",
            revision="main")
    """
    assert [(hit.line, hit.column, hit.id) for hit in hits(text)] == [
        (2, 17, "acme/first-7b"),
        (3, 32, "acme/second-7b"),
        (6, 6, "acme/third-7b"),
    ]


def test_a_constant_is_one_reference_where_it_is_written() -> None:
    text = """
        MODEL_ID = "acme/name-7b"
        print(f"loading {MODEL_ID}")
        tokenizer = AutoTokenizer.from_pretrained(MODEL_ID)
        model = AutoModel.from_pretrained(MODEL_ID)
        answer = {"model": f"{MODEL_ID}"}
    """
    assert one(text) == Hit(2, 13, "acme/name-7b", "hub", "load", "certain")


def test_a_constant_is_less_sure_when_nothing_loads_it() -> None:
    assert one('MODEL_ID = "acme/name-7b"').certainty == "likely"
    assert one('MODEL_ID: str = "acme/name-7b"').role == "constant"
    assert found('BASE = "acme/name-7b"') == []


@pytest.mark.parametrize(
    "code",
    [
        'def load():\n    return AutoModel.from_pretrained(ID)\nID = "acme/x"',
        'class A:\n    ref = "acme/x"\n    def f(self):\n        AutoModel.from_pretrained(self.ref)',
        'class A:\n    def __init__(self, r="acme/x"):\n        self.r = r\nAutoModel.from_pretrained(a.r)',
        'def load(ref):\n    AutoModel.from_pretrained(ref)\nload("acme/x")',
        'def load(a, *, ref=None):\n    AutoModel.from_pretrained(ref)\nload(1, ref="acme/x")',
        'class A:\n    def __init__(self, ref):\n        AutoModel.from_pretrained(ref)\nA("acme/x")',
        'for ref in ["acme/x"]:\n    AutoModel.from_pretrained(ref)',
        'for name, ref in [("n", "acme/x")]:\n    AutoModel.from_pretrained(ref)',
        'for name, ref in {"n": "acme/x"}.items():\n    AutoModel.from_pretrained(ref)',
        'TABLE = {"n": "acme/x"}\nfor ref in TABLE.values():\n    AutoModel.from_pretrained(ref)',
        'for ref in {"acme/x": 1}.keys():\n    AutoModel.from_pretrained(ref)',
        'for ref in {"acme/x": 1}:\n    AutoModel.from_pretrained(ref)',
        'LIST = ["acme/x"]\n[AutoModel.from_pretrained(ref) for ref in LIST if ref]',
        'TABLE = {"n": "acme/x", "m": "acme/y"}\nAutoModel.from_pretrained(TABLE["n"])',
        'LIST = ["acme/y", "acme/x"]\nAutoModel.from_pretrained(LIST[1])',
        'AutoModel.from_pretrained({"n": "acme/x"}.get(size))',
        'AutoModel.from_pretrained("acme/x" if big else None)',
        'AutoModel.from_pretrained(args.x or "acme/x")',
        'AutoModel.from_pretrained(ref := "acme/x")',
        'a, ref = 1, "acme/x"\nAutoModel.from_pretrained(ref)',
        'async def f():\n    AutoModel.from_pretrained(await "acme/x")',
        'AutoModel.from_pretrained(str("acme/x").strip())',
        'AutoModel.from_pretrained(getattr(args, "ref", "acme/x"))',
        'AutoModel.from_pretrained(os.getenv("REF", "acme/x"))',
        'AutoModel.from_pretrained(os.environ.get("REF", "acme/x"))',
        'AutoModel.from_pretrained(config("REF", default="acme/x"))',
        'ref = st.selectbox("which", ["acme/x"])\nAutoModel.from_pretrained(ref)',
        'ref = st.text_input("which", "acme/x")\nAutoModel.from_pretrained(ref)',
        'parser.add_argument("--ref", default="acme/x")\nAutoModel.from_pretrained(args.ref)',
        '@dataclass\nclass A:\n    ref: str = field(default="acme/x")\nAutoModel.from_pretrained(a.ref)',
        'class S:\n    T = {"n": "acme/x"}\n    def f(self):\n        AutoModel.from_pretrained(self.T["n"])',
    ],
)
def test_names_lead_to_what_they_hold(code: str) -> None:
    (text,) = found(code)
    assert text.endswith(" acme/x")
    assert one(code).certainty == "certain"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('NAME = "x-7b"\nAutoModel.from_pretrained(f"acme/{NAME}")', ["2 acme/x-7b"]),
        ('NAME = "x-7b"\nAutoModel.from_pretrained("acme/" + NAME)', ["2 acme/x-7b"]),
        ('NAME = "x-7b"\nAutoModel.from_pretrained("acme/%s" % NAME)', ["2 acme/x-7b"]),
        ('NAME = "x-7b"\nAutoModel.from_pretrained("%s/%s" % ("acme", NAME))', ["2 acme/x-7b"]),
        ('NAME = "x-7b"\nAutoModel.from_pretrained("acme/{}".format(NAME))', ["2 acme/x-7b"]),
        ('NAME = "x-7b"\nAutoModel.from_pretrained("acme/{name}".format(name=NAME))', ["2 acme/x-7b"]),
        ('NAME = "acme/x-7b"\nAutoModel.from_pretrained(f"{NAME}")', ["1 acme/x-7b"]),
        ('NAME = "acme/x-7b"\nAutoModel.from_pretrained(f"{NAME!s}@{revision}")', ["1 acme/x-7b"]),
        ('NAME = "acme/x-7b"\nAutoModel.from_pretrained(f"hf.co/{NAME}")', ["1 acme/x-7b"]),
        ('AutoModel.from_pretrained(f"https://huggingface.co/acme/x-7b/resolve/{rev}/m.bin")', ["1 acme/x-7b"]),
        (
            'for size in ("7b", "70b"):\n    AutoModel.from_pretrained(f"acme/x-{size}")',
            ["2 acme/x-70b", "2 acme/x-7b"],
        ),
        ('AutoModel.from_pretrained(f"acme/{name}")', []),
        ('AutoModel.from_pretrained(f"acme/x-{size}")', []),
        ('AutoModel.from_pretrained(f"{acme}/x-7b")', []),
        ('AutoModel.from_pretrained(f"https://huggingface.co/acme/{name}/resolve/main/m.bin")', []),
        ('AutoModel.from_pretrained("acme/" + name)', []),
        ('AutoModel.from_pretrained("acme/x" * 2)', []),
        ('AutoModel.from_pretrained("acme/{name}".format(name=other))', []),
        ('AutoModel.from_pretrained("{a}/{b}".format(a="acme"))', []),
        ('N = "7"\nAutoModel.from_pretrained(f"acme/x-{N!r}")', []),
        ('N = "7"\nAutoModel.from_pretrained(f"acme/x-{N:>3}")', []),
        ('AutoModel.from_pretrained(b"acme/x")', []),
        ('AutoModel.from_pretrained(lambda: "acme/x")', []),
        ('AutoModel.from_pretrained(get("acme/x")())', []),
        ('AutoModel.from_pretrained("acme/%s")', []),
    ],
)
def test_strings_that_are_put_together(code: str, expected: list[str]) -> None:
    assert sorted(found(code)) == expected


def test_tangled_names_end() -> None:
    chain = "\n".join(f"n{i} = n{i + 1} or n{i + 1}" for i in range(40)) + '\nn40 = "acme/x-7b"'
    assert found(chain + "\nAutoModel.from_pretrained(n0)") == []
    assert found('a = b\nb = a\nAutoModel.from_pretrained(a)\nAutoModel.from_pretrained("acme/x-7b")') == [
        "4 acme/x-7b"
    ]
    loops = "\n".join(f"for x{i} in x{i + 1}: pass" for i in range(40))
    assert found(loops + '\nAutoModel.from_pretrained(x0)\nModel("acme/x-7b")') == ["42 acme/x-7b"]
    tables = "\n".join(f"t{i} = t{i}" for i in range(3))
    assert found(tables + '\nAutoModel.from_pretrained(t0["a"])\nModel("acme/x-7b")') == ["5 acme/x-7b"]
    wide = "W = " + " or ".join(f'"acme/x-{i}"' for i in range(900))
    assert found(wide + "\nAutoModel.from_pretrained(W)") == []


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ('os.environ["MODEL_ID"] = "acme/x"', "environment"),
        ('os.environ.setdefault("MODEL_ID", "acme/x")', "environment"),
        ('value = os.getenv("MODEL_ID", "acme/x")', "environment"),
        ('config["base_model"] = "acme/x"', "key"),
        ('config = {"model_name_or_path": "acme/x", "dataset": "acme/data"}', "key"),
        ('value = config.get("model", "acme/x")', "default"),
        ('start(model_id="acme/x")', "argument"),
        ('parser.add_argument("-m", "--model-name", default="acme/x", help="a model")', "default"),
        ('parser.add_argument("model", nargs="?", default="acme/x")', "default"),
        ('@click.option("--model", default="acme/x")\ndef f(model): pass', "default"),
        ('def f(model: str = typer.Option("acme/x", "--model")): pass', "default"),
        ('def f(*, base_model="acme/x"): pass', "default"),
        ('flags.DEFINE_string("model_name", "acme/x", "Which model.")', "default"),
        ('class S(BaseSettings):\n    model: str = Field("acme/x", description="a model")', "default"),
        ('class S:\n    model: str = field(default_factory=lambda: "acme/x")', "default"),
        ('@property\ndef model_name(self):\n    return "acme/x"', "constant"),
        ('self.model_name = "acme/x"', "constant"),
        ('MODELS = ["acme/x"]', "constant"),
        ('MODELS = {"small": "acme/x", "n": {"y": 1}}', "constant"),
        ('MODELS = {"acme/x": 1, **others}', "constant"),
        ('MODELS = frozenset({"acme/x"})', "constant"),
        ('class Models(str, Enum):\n    SMALL = "acme/x"', "constant"),
        ('for model in ["acme/x"]: pass', "constant"),
        ('if (model := "acme/x"): pass', "constant"),
        ('@pytest.mark.parametrize("model_id", ["acme/x"])\ndef test(model_id): pass', "argument"),
        ('@pytest.mark.parametrize("size, model_id", [(1, "acme/x")])\ndef test(model_id): pass', "argument"),
    ],
)
def test_places_whose_names_say_so(code: str, role: str) -> None:
    hit = one(code)
    assert (hit.id, hit.role, hit.certainty) == ("acme/x", role, "likely")


@pytest.mark.parametrize(
    "code",
    [
        'dataset_name = "acme/x"',
        'output_model = "acme/x"',
        'new_model_name = "acme/x"',
        'model_type = "acme/x"',
        'hub_model_id = "acme/x"',
        'MODEL_CARD = "acme/x"',
        'MODEL_DIR = "models/x-7b"',
        'model_file = "onnx/model.onnx"',
        'model_name = "resnet"',
        'model = "llama"',
        'model = "Qwen3ForCausalLM"',
        'MODELS = ["gemma3", "mistral"]',
        'MODELS = {"gpt-4o": 0.03}',
        'MODEL_PRICES = {"acme/x-7b": "a"}',
        "model: str",
        "model = None",
        'parser.add_argument("--model", required=True)',
        "parser.add_argument(*names)",
        'value = os.getenv("MODEL_ID")',
        'flags.DEFINE_string("name")',
        "def f(model): return model",
        'x[0], y[i] = "acme/x", "acme/y"',
        'pytest.mark.parametrize("model")',
        "start(**options)",
        'LANGS = Dataset(model="acme/x")',
        "def model(): return",
        'def model(): return {"a": "b/c"}',
        "try:\n    pass\nexcept E:\n    raise",
        "raise error",
        "class A:\n    def f(self, model=None, *a, **k): pass",
        'match model:\n    case True:\n        pass\n    case "acme/x-7b":\n        pass',
        "model, tokenizer = load()",
        "for self.model in models: pass",
        "def load(ref): AutoModel.from_pretrained(ref)\nload()",
        'for a, ref in [("acme/x-7b",)]: AutoModel.from_pretrained(ref)',
        'for ref in {"acme/x-7b": 1}.pop(): AutoModel.from_pretrained(ref)',
        "AutoModel.from_pretrained(str())",
        'AutoModel.from_pretrained(str("acme/x-7b", "utf-8"))',
    ],
)
def test_places_whose_names_say_otherwise(code: str) -> None:
    assert found(code + '\nAutoModel.from_pretrained(None, x="meta-llama/x")') == []


def test_what_a_program_writes_itself_is_not_used() -> None:
    text = """
        base = "acme/base-7b"
        adapter_model = "me/tuned"
        model = AutoModel.from_pretrained(base)
        model.push_to_hub(adapter_model)
        again = AutoModel.from_pretrained(adapter_model)
        args.new_model_name = "me/other"
        PeftModel.from_pretrained(model, args.new_model_name)
    """
    assert found(text) == ["2 acme/base-7b"]


def test_what_is_loaded_and_then_written_is_used() -> None:
    text = """
        name = "acme/base-7b"
        model = AutoModel.from_pretrained(name)
        model.save_pretrained(name)
        model.save_pretrained(name)
    """
    assert found(text) == ["2 acme/base-7b"]


def test_a_name_of_a_data_set_is_no_model() -> None:
    text = """
        repo_id = "acme/data"
        load_dataset(repo_id)
        hf_hub_download(repo_id=self.repo_id, repo_type="dataset")
        model = "acme/name-7b"
    """
    assert found(text) == ["5 acme/name-7b"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('AutoModel.from_pretrained("distilbert-base-uncased")', "distilbert-base-uncased hub"),
        ('AutoModel.from_pretrained("./models/llama")', "./models/llama path"),
        ('AutoModel.from_pretrained("models/llama")', "models/llama path"),
        ('Llama(model_path="models/llama-2-7b.Q4_K_M.gguf")', "models/llama-2-7b.Q4_K_M.gguf path"),
        ('MODEL_PATH = "./models/llama-2-7b.gguf"', "./models/llama-2-7b.gguf path"),
        ('model_name = "llama-3-8b-instruct"', "llama-3-8b-instruct name"),
        ('model = "qwen2.5:7b"', "qwen2.5:7b ollama"),
        ('model = "jane/qwen2.5:7b"', "jane/qwen2.5:7b ollama"),
        ('spacy.load("en_core_web_sm")', "en_core_web_sm name"),
        ('whisper.load_model("base")', "base name"),
        ('WhisperModel("large-v3")', "large-v3 name"),
        ('clip.load("ViT-B/32")', "ViT-B/32 name"),
        ('YOLO("yolov8n.pt")', "yolov8n.pt path"),
        ('YOLO("runs of mine", other="acme/x-7b")', None),
        ('YOLO("8", other="acme/x-7b")', None),
        ('EMBED_MODEL = "nomic-embed-text"', "nomic-embed-text name"),
        ('self._CHAT_MODELNAME = "gpt-4o-mine"', "gpt-4o-mine hosted"),
        ('LLM("gpt-4o")', "gpt-4o hosted"),
        ('AutoModel.from_pretrained("gpt2")', "gpt2 hub"),
        ('from mlx_lm import load\nload("acme/x-4bit")', "acme/x-4bit hub"),
        ('from lmdeploy import pipeline\nCHAT = "acme/x-4bit"\npipeline(CHAT)', "acme/x-4bit hub"),
    ],
)
def test_names_of_other_kinds(code: str, expected: str | None) -> None:
    assert [f"{hit.id} {hit.kind}" for hit in hits(code)] == ([expected] if expected else [])


def test_a_class_is_not_around_its_methods() -> None:
    text = """
        ref = "acme/x-7b"
        class A:
            ref = "acme/y-7b"
            class B:
                def f(self):
                    AutoModel.from_pretrained(ref)
    """
    assert found(text) == ["2 acme/x-7b"]


def test_a_revision_beside_an_id() -> None:
    assert one('AutoModel.from_pretrained("acme/x@v1.0")') == Hit(1, 28, "acme/x", "hub", "load", "certain", "v1.0")
    assert one('MODEL = "acme/x@v1.0"').revision == "v1.0"


@pytest.mark.parametrize(
    ("code", "models"),
    [
        ("from ollama import chat\nchat('neural-chat', messages=[])", ["2 neural-chat ollama"]),
        ("import ollama\nchat('neural-chat')", []),
        ("import ollama\nollama.chat('mistral')", ["2 mistral ollama"]),
        ('OllamaLLM(model="ollama/mistral:latest")', ["1 mistral:latest ollama"]),
        ("ChatOllama(model='LLM_MODEL_NAME')", []),
        (
            "import ollama\nollama.create(model='mine', from_='mistral')\nollama.chat(model='mine')",
            ["2 mistral ollama"],
        ),
        ("import ollama\nollama.create('mine', modelfile=text)\nollama.chat(model='mine')", []),
        ("import ollama\nollama.create(modelfile=text)\nollama.chat(model='mistral')", ["3 mistral ollama"]),
        ("import ollama\nollama.create(model='mistral')", ["2 mistral ollama"]),
    ],
)
def test_models_of_an_ollama_library(code: str, models: list[str]) -> None:
    assert found(code) == models


@pytest.mark.parametrize(
    ("code", "models"),
    [
        ('MODELS = {"small": {"id": "acme/x", "note": "a/b", "dims": 3}, **more}', ["1 acme/x"]),
        ('MODELS = {"llama3:8b": Card(repo_id="acme/x", n=1)}', ["1 acme/x"]),
        ('MODELS = {"llama3:8b": {"size": 1}}', ["1 llama3:8b ollama"]),
        ('MODELS = {"llama3:8b": Card(size=n)}', ["1 llama3:8b ollama"]),
        ('MODELS = {"a": "acme/x", "dataset": "acme/data"}', ["1 acme/x"]),
        ('LLAMA_8B = "acme/Llama-3-8B"', ["1 acme/Llama-3-8B"]),
        ('DATASET = "acme/Llama-3-8B"', []),
        ('OTHER = "acme/thing-8b"', []),
        ('dict(type=X, abbr="x", path="acme/x")', ["1 acme/x"]),
        ('dict(type=X, abbr="x", path="acme/x", reader_cfg=r)', []),
        (
            'd = f"./models/{m}"\nsnapshot_download("acme/x", local_dir=d)\npipeline(model=d)\nm = "acme/x"',
            ["2 acme/x"],
        ),
    ],
)
def test_tables_and_constants_of_models(code: str, models: list[str]) -> None:
    assert found(code) == models


@pytest.mark.parametrize(
    "code",
    [
        'from sentence_transformers import SentenceTransformer\ne = SentenceTransformer("acme/tiny")',
        'from mlx_lm import load\nm, t = load("acme/tiny")',
        'from fastembed import TextEmbedding\nm = TextEmbedding("acme/tiny")',
        'from speechbrain.inference import EncoderClassifier as E\nE.from_hparams(source="acme/tiny")',
        'from rerankers import Reranker\nm = Reranker("acme/tiny")',
        'from transformers import pipeline\np = pipeline("summarization", "acme/tiny")',
        'from ollama import chat\nchat("mistral:7b")',
        'from ultralytics import YOLO\ny = YOLO("hf://acme/tiny")',
    ],
)
def test_a_file_that_loads_a_model_and_never_says_so_passes_the_hints(code: str) -> None:
    data = code.encode()
    kind = kind_of("app.py", data)
    assert kind is not None
    assert kind.may_name(data)
    assert [hit.id for hit in kind.read(Source("app.py", data))] in (["acme/tiny"], ["mistral:7b"])
