# The front door. Every target is a script or one Maven call; `make help` lists them.
# No path appears in a prerequisite, so the repository may lie in a directory with a space in its name.
.DEFAULT_GOAL := help
.PHONY: help demo test run dev build fleet image task push info bench screenshots audit-verify format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## install what is missing, run four tasks in real containers, leave the service running
	@scripts/demo

test: ## every test, on real Podman and Docker (FAST=1: what needs no engine; KEEP=1: engines stay up)
	@scripts/test

run: ## build and run the service in the foreground
	@scripts/run

dev: ## run the service with live reload
	@scripts/run dev

build: ## build the service into target/quarkus-app
	@./mvnw -B package -Dmaven.test.skip=true

fleet: ## build the command line, one file: target/fleet
	@./mvnw -B package -Dmaven.test.skip=true

image: ## build the task images (TARGET=task, task-minimal or service)
	@scripts/image $(TARGET)

task: ## run agent-task on a project (TASK=unit LANG=python DIR=path)
	@scripts/task

push: ## push the images to a registry (REGISTRY=registry.example.com/team, TARGET=task)
	@scripts/push $(TARGET)

info: ## what is there: engines, images with their sizes, the tools in the task image
	@scripts/info

bench: ## measure against podman run and docker run, write docs/benchmarks.md (FAST=1, ONLY=1,3, N=50)
	@scripts/bench

screenshots: ## take the pictures of docs/console.md anew
	@scripts/screenshots

audit-verify: ## export the audit of the running service and verify it (FLEET_URL, FLEET_DATA_DIR, HEAD)
	@scripts/audit-check

format: ## put the Java code into shape
	@./mvnw -q -B spotless:apply

clean: ## stop the test engines and remove target/ (data/ and images of other engines stay)
	@scripts/engines down
	@rm -rf target
