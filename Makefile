# Two commands do all set-up: `make demo` runs the main job on the bundled samples, `make test` passes the tests.
# Both make their own environment in .venv from the lock files; nothing is installed outside this folder.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types contracts wheel lock bench clean

demo: .venv/runtime
	$(BIN)/docproc demo --out out/demo

test: .venv/dev
	$(BIN)/pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev
	$(BIN)/mypy

contracts: .venv/dev
	$(BIN)/lint-imports

wheel: .venv/dev
	$(BIN)/python -m build --no-isolation --wheel --sdist --outdir dist

bench: .venv/dev
	$(BIN)/python -m benchmarks.whole $(BENCH)
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.scale

.venv/bin/python:
	$(PYTHON) -c "import sys; sys.exit('docproc needs Python 3.11, 3.12 or 3.13; name one with PYTHON=' if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0)"
	$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# For maintainers: pins every dependency, with hashes, for all supported Python versions. Needs uv on the PATH.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra ocr --group build --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra ocr --group build --group dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv out dist
