"""A roll on AWS: ECS does it, with its circuit breaker and its alarms; here it is begun, watched and told.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
"""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from deploy.release.place import ReleaseTrouble, RolledBack, Running, Say

LOOK = 5.0
"""Seconds between two looks at a deployment."""
LONGEST = 1800.0
"""Seconds that a roll or a migration may take."""
BEFORE = "tasktracker:before"
"""The tag of the service that names the task definition before."""
KEPT = (
    *("family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes"),
    *("placementConstraints", "requiresCompatibilities", "cpu", "memory", "runtimePlatform", "ephemeralStorage"),
)
"""What a task definition says by itself; the rest is what AWS says about it."""
_BY_DIGEST = re.compile(r"[^\s@]+@sha256:[0-9a-f]{64}")

Json = dict[str, Any]


@dataclass
class EcsPlace:
    """`client` is boto3's for ECS. A release is an image by its digest, or a task definition that there is already."""

    client: Any
    cluster: str
    service: str
    say: Say
    alarms: tuple[str, ...] = ()
    container: str = "app"
    migrator: str | None = None
    """The IAM role of the migration's task, where Vault lends the database's users; else it has the service's."""
    look: float = LOOK
    longest: float = field(default=LONGEST)

    def running(self) -> Running:
        service = self._service()
        return Running(service["taskDefinition"], _before(service))

    def state(self) -> list[str]:
        return [
            f"{each['status']}: {each['runningCount']} of {each['desiredCount']} tasks, {each['rolloutState']}, "
            f"{each['taskDefinition']}"
            for each in self._service()["deployments"]
        ]

    def migrate(self, release: str) -> None:
        definition = self._definition_of(release)
        service = self._service()
        started = self.client.run_task(
            cluster=self.cluster,
            taskDefinition=definition,
            launchType=service.get("launchType", "FARGATE"),
            networkConfiguration=service.get("networkConfiguration", {}),
            overrides=self._as_migrator(),
            startedBy="release: migrate",
        )
        if failures := started.get("failures"):
            raise ReleaseTrouble(f"ECS started no task for the migration: {failures[0].get('reason')}")
        task = started["tasks"][0]["taskArn"]
        self.say(f"migrating in {task}")
        self._require_success(self._stopped(task))

    def _as_migrator(self) -> Json:
        """What the migration's task has other than the service's: users that Vault lends to the app change no table."""
        as_whom = [{"name": "TASKTRACKER_VAULT_ROLE", "value": "migrator"}]
        own = {"name": self.container, "command": ["migrate"], "environment": as_whom}
        role = {"taskRoleArn": self.migrator} if self.migrator else {}
        return {"containerOverrides": [own], **role}

    def roll(self, release: str) -> None:
        service = self._service()
        old, new = service["taskDefinition"], self._definition_of(release)
        self.client.update_service(
            cluster=self.cluster,
            service=self.service,
            taskDefinition=new,
            deploymentConfiguration=self._rules(),
        )
        self.say(f"rolling {new}, in the place of {old}")
        if new != old:  # noted now, since ECS goes on if this is interrupted
            self._note_before(service, old)
        try:
            self._wait(new)
        except RolledBack:
            self._note_before(service, _before(service))
            raise

    def _note_before(self, service: Json, before: str | None) -> None:
        if before is None:
            self.client.untag_resource(resourceArn=service["serviceArn"], tagKeys=[BEFORE])
        else:
            self.client.tag_resource(resourceArn=service["serviceArn"], tags=[{"key": BEFORE, "value": before}])

    def _rules(self) -> Json:
        rules: Json = {
            "minimumHealthyPercent": 100,
            "maximumPercent": 200,
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        }
        if self.alarms:
            rules["alarms"] = {"alarmNames": list(self.alarms), "enable": True, "rollback": True}
        return rules

    def _wait(self, new: str) -> None:
        end = time.monotonic() + self.longest
        was_seen = False
        while True:
            deployments = self._service()["deployments"]
            mine = next((each for each in deployments if each["taskDefinition"] == new), None)
            if mine is None and not was_seen:  # what ECS tells may be some seconds old
                _require_time(end, "ECS does not show the deployment yet")
            elif mine is None or mine["rolloutState"] == "FAILED":
                self._wait_for_the_way_back(end)
                raise RolledBack(mine["rolloutStateReason"] if mine else "ECS rolled it back")
            elif mine["status"] == "PRIMARY" and mine["rolloutState"] == "COMPLETED":
                return
            else:
                was_seen = True
                _require_time(end, f"{mine['runningCount']} of {mine['desiredCount']} tasks run")
            time.sleep(self.look)

    def _wait_for_the_way_back(self, end: float) -> None:
        while (first := self._primary())["rolloutState"] != "COMPLETED":
            _require_time(end, f"going back: {first['rolloutStateReason']}")
            time.sleep(self.look)

    def _primary(self) -> Json:
        deployments: list[Json] = self._service()["deployments"]
        return next(each for each in deployments if each["status"] == "PRIMARY")

    # --- what AWS knows ---

    def _service(self) -> Json:
        found = self.client.describe_services(cluster=self.cluster, services=[self.service], include=["TAGS"])
        if not found["services"]:
            raise ReleaseTrouble(f"There is no service {self.service} in the cluster {self.cluster}.")
        service: Json = found["services"][0]
        return service

    def _definition_of(self, release: str) -> str:
        """The task definition that runs the release: as the present one, but for the image."""
        if ":task-definition/" in release:
            return release
        if not _BY_DIGEST.fullmatch(release):
            raise ReleaseTrouble(f"“{release}” is no image by its digest: a tag may mean another one tomorrow.")
        present = self.client.describe_task_definition(taskDefinition=self._service()["taskDefinition"])
        wanted = {name: value for name, value in present["taskDefinition"].items() if name in KEPT and value}
        images = [each for each in wanted["containerDefinitions"] if each["name"] == self.container]
        if not images:
            raise ReleaseTrouble(f"The task definition has no container “{self.container}”.")
        images[0]["image"] = release
        made: str = self.client.register_task_definition(**wanted)["taskDefinition"]["taskDefinitionArn"]
        return made

    def _stopped(self, task: str) -> Json:
        end = time.monotonic() + self.longest
        while True:
            found: Json = self.client.describe_tasks(cluster=self.cluster, tasks=[task])["tasks"][0]
            if found["lastStatus"] == "STOPPED":
                return found
            _require_time(end, f"the task is {found['lastStatus']}")
            time.sleep(self.look)

    def _require_success(self, task: Json) -> None:
        containers: list[Json] = task.get("containers", [])
        ended = next((each for each in containers if each.get("name") == self.container), {})
        if ended.get("exitCode") != 0:
            why = ended.get("reason") or task.get("stoppedReason") or f"exit code {ended.get('exitCode')}"
            raise ReleaseTrouble(f"The migration failed: {why}. Its log says more. What serves goes on as before.")


def _before(service: Json) -> str | None:
    return next((tag["value"] for tag in service.get("tags", []) if tag["key"] == BEFORE), None)


def _require_time(end: float, state: str) -> None:
    if time.monotonic() > end:
        raise ReleaseTrouble(f"It takes too long ({state}). ECS goes on; look at the service's events.")
