# Tools are taken from PATH; .ci/run puts its own environment first.
.PHONY: check test bench wording

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
	-$(MAKE) .bench/peers.txt
	python benchmarks/identify.py

# An environment for the identifiers that ours is measured beside; without it only ours is measured.
.bench/peers.txt: benchmarks/peers.txt
	python3 -m venv .bench
	.bench/bin/pip install -q -r benchmarks/peers.txt
	cp benchmarks/peers.txt $@

# Compares tracked files with license texts. The checker and the texts live outside this repository.
WORDING ?= ../shared/tools/check_wording.py

wording:
	@if [ -f "$(WORDING)" ]; then python "$(WORDING)" .; else echo "wording: no checker at $(WORDING), nothing compared"; fi
