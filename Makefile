.PHONY: run test test-long check bench moderation-report

run: ; @.ci/prepare run && exec .venv/bin/python -m chatservice
test: ; @.ci/prepare dev && .ci/browser && .venv/bin/python -m pytest -m "not long" -n auto --dist loadfile --no-loadscope-reorder
test-long: ; @.ci/prepare dev && .ci/browser && .venv/bin/python -m pytest -m long
check: ; @.ci/prepare dev && .ci/check
bench: ; @.ci/prepare dev && .venv/bin/python -m tests.bench && .venv/bin/python -m tests.bench.queue_curve && .venv/bin/python -m tests.bench.counting
moderation-report: ; @.ci/prepare dev && .venv/bin/python -m tests.moderation.report
