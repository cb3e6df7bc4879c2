"""Words before and after the name of a model by which cards in other languages than English tell of descent."""

import re

from license_audit.readers.card_words import GAP, W

_I = re.IGNORECASE

BEFORE_ELSEWHERE: tuple[tuple[re.Pattern[str], str | None], ...] = (
    # Romance and Germanic languages
    (
        re.compile(
            r"\b(?:bas[ée]e?s? sur|issue? d[eu]|d[ée]riv[ée]e?s? d[eu]|basad[oa]s? en|derivad[oa]s? de|"
            r"basead[oa]s? (?:em|no|na)|"
            rf"basat[oa] su|basiert auf|basierend auf|aufbauend auf|abgeleitet von|auf (?:der )?basis von|"
            rf"gebaseerd op){GAP}",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:affin[ée]e?s?|ajust[ée]e?s?|ajustad[oa]s?|ajuste fino|afinad[oa]s?|(?:re)?entra[iî]n[ée]e?s?|"
            r"entrenad[oa]s?|"
            r"treinad[oa]s?|addestrat[oa]|feinabgestimmt\w*|feingetunt\w*|feinabstimmung|nachtrainiert\w*|finetun\w*|"
            r"fine-?tun\w*)"
            rf"{W}{{0,4}}?\s+(?:à partir d[eu]|a partir d[eo]|desde|d[eui]|da|do|del|della|dal|von|des|vom|"
            rf"auf|sur|sobre){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:fusi[oó]n|fusión|mezcla|combinaci[oó]n|zusammenführung|verschmelzung|"
            rf"mélange){W}{{0,4}}?\s+(?:d[eu]|des|entre|von){GAP}",
            _I,
        ),
        "merge",
    ),
    (
        re.compile(
            rf"\b(?:quantifi[ée]e?s?|cuantizad[oa]s?|cuantizaci[oó]n|quantizad[oa]|quantisiert\w*|konvertiert\w*|"
            rf"convertid[oa]s?|conversi[oó]n){W}{{0,4}}?\s+"
            rf"(?:d[eu]|von|des|desde|da|do){GAP}",
            _I,
        ),
        "quantize",
    ),
    # Russian, Vietnamese
    (re.compile(r"\b(?:дообуч|тонк\w+ настройк|файн-?тюн|дотренирован)[^⟦⟧.;]{0,30}$", _I), "fine-tune"),
    (
        re.compile(r"\b(?:квант|сконвертирован|конвертаци|(?:gguf|gptq|awq|onnx)[- ]верси)[^⟦⟧.;]{0,30}$", _I),
        "quantize",
    ),
    (re.compile(r"\b(?:слияни|объединени)[^⟦⟧.;]{0,30}$", _I), "merge"),
    (re.compile(r"\b(?:основан\w*|построен\w*)\s+на[^⟦⟧.;]{0,20}$|\bна (?:основе|базе)[^⟦⟧.;]{0,20}$", _I), None),
    (re.compile(r"\bfine-?tune(?:d)? (?:của|từ)\s+(?:mô hình\s+)?$", _I), "fine-tune"),
    (re.compile(r"\bdựa trên\s+(?:mô hình\s+)?$", _I), None),
    # Chinese, Japanese
    (
        re.compile(r"(?:LoRA|QLoRA|适配器|適配器)[^⟦⟧。]{0,12}(?:基于|基於|用于|适用于|参数)\s*(?:了|模型)?\s*$", _I),
        "adapter",
    ),
    (re.compile(r"(?:基于|基於)[^⟦⟧。；，,]{1,14}$"), None),
    (re.compile(r"(?:蒸馏自|蒸餾自|教师模型(?:为|是|：|:)?)\s*$"), "distill"),
    (
        re.compile(
            r"(?:量化自|转换自|轉換自|量化版本?(?:，|,)?(?:来自|源自)|量化元(?:は|：|:)?|変換元(?:は|：|:)?)\s*$"
        ),
        "quantize",
    ),
    (re.compile(r"(?:微调自|微調自|微调于)\s*$"), "fine-tune"),
    (
        re.compile(
            r"(?:基于|基於|基底模型|基础模型|基座模型|底座模型|预训练模型|ベースモデル|元モデル)(?:为|是|了|采用|"
            r"使用|は|：|:|\s|模型|Meta的?|最新的|开源的?|"
            r"Hugging ?Face上?的?)*$",
            _I,
        ),
        None,
    ),
)
"""Ends of what stands before the name of a parent, with what they tell."""

AFTER_ELSEWHERE: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (
        re.compile(
            r"\s*(?:进行|上进行|上|模型|的|经过|做)*\s*[^⟦⟧。，,]{0,12}(?:LoRA|QLoRA)?\s*(?:增量)?(?:微调|微調|"
            r"指令微调|精调|指令对齐|预训练|继续训练|"
            r"二次训练|训练)",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            r"\s*(?:を|に対して|に|から|をベースに?|をもとに|をベースとして)[^⟦⟧。]{0,25}(?:ファインチューニング|"
            r"微調整|追加学習|継続事前学習|チューニング|学習)",
            _I,
        ),
        "fine-tune",
    ),
    (re.compile(r"\s*(?:の|的|用の|向けの|용|의)\s*(?:Q?LoRA|适配器|アダプタ|어댑터)", _I), "adapter"),
    (
        re.compile(
            r"\s*(?:の|を)[^⟦⟧。]{0,15}(?:量子化|GGUF|変換)|\s*(?:的|模型的|模型)*\s*[^⟦⟧。，,]{0,12}(?:量化|转换)", _I
        ),
        "quantize",
    ),
    (re.compile(r"\s*(?:参数|权重|模型|を|の)*[^⟦⟧。，,]{0,8}(?:合并|结合|融合|マージ)", _I), "merge"),
    (
        re.compile(
            r"\s*(?:をベース|をもとに|ベースの|기반|을 기반|를 기반|을 베이스|를 베이스|"
            r"为基座|为底座|为基础|作为基座|作为基础|作为底座|基础上|的基础上)",
            _I,
        ),
        None,
    ),
    (re.compile(r"\s*(?:을|를|모델을|모델에|에)?\s*[^⟦⟧.]{0,15}(?:파인튜닝|미세 ?조정|추가 ?학습)", _I), "fine-tune"),
)
"""Beginnings of what stands after it."""
