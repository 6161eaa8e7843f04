"""A roll on ECS, against moto, which checks every call and keeps what it is told, and rolls nothing.

What ECS would do to a deployment is played here. NOT PROVEN: how ECS itself rolls, its circuit breaker and its alarms.
"""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.ecs.models import ecs_backends
from typer.testing import CliRunner

from deploy.release.__main__ import app
from deploy.release.ecs import EcsPlace
from deploy.release.place import ReleaseTrouble, RolledBack, roll_back

REGION = "eu-central-1"
IMAGE = f"registry.example/tasktracker@sha256:{'1' * 64}"
NEXT = f"registry.example/tasktracker@sha256:{'2' * 64}"
Json = dict[str, Any]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with mock_aws():
        yield boto3.client("ecs", region_name=REGION)


@pytest.fixture
def place(client: Any) -> EcsPlace:
    client.create_cluster(clusterName="tasktracker")
    made = client.register_task_definition(
        family="tasktracker",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="512",
        memory="1024",
        containerDefinitions=[
            {"name": "app", "image": IMAGE, "essential": True, "memory": 512, "stopTimeout": 60},
            {"name": "collector", "image": "registry.example/collector:1", "essential": False, "memory": 128},
        ],
    )
    definition = made["taskDefinition"]["taskDefinitionArn"]
    client.create_service(
        cluster="tasktracker", serviceName="app", taskDefinition=definition, desiredCount=2, launchType="FARGATE"
    )
    return EcsPlace(client, "tasktracker", "app", lambda _step: None, ("errors",), look=0.01, longest=5)


def deployment(definition: str, state: str, status: str, reason: str = "") -> Json:
    counts = {"desiredCount": 2, "runningCount": 1, "pendingCount": 1, "failedTasks": 0}
    told = {"rolloutState": state, "rolloutStateReason": reason, "status": status, "id": "ecs-svc/1"}
    return {**counts, **told, "taskDefinition": definition, "launchType": "FARGATE"}


Act = Callable[[str, str], list[Json]]
"""How the deployments look, of the new definition and the old one."""


@pytest.fixture
def plays(place: EcsPlace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Json]]:
    """From the update of the service on, each look finds ECS at the next act; returns the updates that were made."""
    calls: list[Json] = []
    deployments: list[list[Json]] = []
    update, look = place.client.update_service, place.client.describe_services

    def begin(*acts: Act) -> list[Json]:
        def updated(**call: Any) -> Any:
            old = str(place.running().release)
            answer = update(**call)
            calls.append(call)
            deployments[:] = [act(call["taskDefinition"], old) for act in acts]
            return answer

        def looked(**call: Any) -> Any:
            if deployments:
                service = ecs_backends["123456789012"][REGION].services["tasktracker:app"]
                service.deployments = deployments.pop(0)
            return look(**call)

        monkeypatch.setattr(place.client, "update_service", updated)
        monkeypatch.setattr(place.client, "describe_services", looked)
        return calls

    return begin


def under_way(new: str, old: str) -> list[Json]:
    return [deployment(new, "IN_PROGRESS", "PRIMARY"), deployment(old, "COMPLETED", "ACTIVE")]


def over(new: str, _old: str) -> list[Json]:
    return [deployment(new, "COMPLETED", "PRIMARY")]


def failed(new: str, old: str) -> list[Json]:
    return [
        deployment(old, "IN_PROGRESS", "PRIMARY", "rolling back"),
        deployment(new, "FAILED", "ACTIVE", "tasks failed to start"),
    ]


def back(_new: str, old: str) -> list[Json]:
    return [deployment(old, "COMPLETED", "PRIMARY")]


def test_a_roll_changes_the_image_alone_and_tells_ecs_to_go_back_by_itself(
    place: EcsPlace, plays: Callable[..., list[Json]]
) -> None:
    before = place.running().release
    calls = plays(under_way, over)
    place.roll(NEXT)
    assert calls[0]["deploymentConfiguration"] == {
        "minimumHealthyPercent": 100,
        "maximumPercent": 200,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "alarms": {"alarmNames": ["errors"], "enable": True, "rollback": True},
    }
    made = place.client.describe_task_definition(taskDefinition=calls[0]["taskDefinition"])["taskDefinition"]
    images = {each["name"]: each["image"] for each in made["containerDefinitions"]}
    assert images == {"app": NEXT, "collector": "registry.example/collector:1"}
    assert (made["cpu"], made["memory"], made["containerDefinitions"][0]["stopTimeout"]) == ("512", "1024", 60)
    assert place.running().before == before
    assert place.state() == [f"PRIMARY: 1 of 2 tasks, COMPLETED, {place.running().release}"]


def test_a_roll_back_goes_to_the_definition_before(place: EcsPlace, plays: Callable[..., list[Json]]) -> None:
    before = place.running().release
    calls = plays(under_way, over)
    place.roll(NEXT)
    assert roll_back(place) == before
    assert calls[-1]["taskDefinition"] == before


def test_a_release_that_ecs_gives_up_is_told_with_the_reason_once_the_old_one_serves(
    place: EcsPlace, plays: Callable[..., list[Json]]
) -> None:
    before = place.running().release
    plays(under_way, failed, failed, back)
    with pytest.raises(RolledBack, match="tasks failed to start"):
        place.roll(NEXT)
    assert place.state() == [f"PRIMARY: 1 of 2 tasks, COMPLETED, {before}"]
    assert place.running().before is None


@pytest.fixture
def network(client: Any) -> Json:
    """Where the service's tasks are. moto starts no task without it."""
    ec2 = boto3.client("ec2", region_name=REGION)
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    own = {"subnets": [ec2.describe_subnets()["Subnets"][0]["SubnetId"]], "securityGroups": [group]}
    return {"awsvpcConfiguration": {**own, "assignPublicIp": "DISABLED"}}


@pytest.mark.parametrize("exit_code", [0, 1])
def test_a_migration_is_a_task_of_the_new_image_with_the_migrators_rights(
    place: EcsPlace, client: Any, network: Json, monkeypatch: pytest.MonkeyPatch, exit_code: int
) -> None:
    client.update_service(cluster="tasktracker", service="app", networkConfiguration=network)
    backend = ecs_backends["123456789012"][REGION]
    place.migrator = "arn:aws:iam::123456789012:role/migrator"
    calls: list[Json] = []
    run_task = client.run_task

    def run(**call: Any) -> Any:
        answer = run_task(**call)
        calls.append(call)
        for task in backend.tasks["tasktracker"].values():
            task.containers[0].exitCode = exit_code
        return answer

    monkeypatch.setattr(client, "run_task", run)
    if exit_code:
        with pytest.raises(ReleaseTrouble, match="exit code 1"):
            place.migrate(NEXT)
    else:
        place.migrate(NEXT)
    made = client.describe_task_definition(taskDefinition=calls[0]["taskDefinition"])["taskDefinition"]
    assert made["containerDefinitions"][0]["image"] == NEXT
    assert calls[0]["networkConfiguration"] == network
    assert calls[0]["overrides"]["taskRoleArn"] == place.migrator
    assert calls[0]["overrides"]["containerOverrides"] == [
        {"name": "app", "command": ["migrate"],
         "environment": [{"name": "TASKTRACKER_VAULT_ROLE", "value": "migrator"}]},
    ]  # fmt: skip
    assert place.running().release != calls[0]["taskDefinition"], "nothing was rolled"


def test_the_way_back_is_right_after_a_roll_that_nobody_watched_and_after_one_that_was_rolled_back(
    place: EcsPlace, plays: Callable[..., list[Json]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = place.running().release

    def interrupted(_new: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, "_wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            place.roll(NEXT)
    assert place.running().before == first
    plays(under_way, failed, back)
    with pytest.raises(RolledBack):
        place.roll(IMAGE)
    assert place.running().before == first


def test_a_roll_that_ecs_does_not_show_yet_is_no_roll_back(place: EcsPlace, plays: Callable[..., list[Json]]) -> None:
    """What ECS tells is right in the end, and may be some seconds old."""
    calls = plays(back, under_way, over)
    place.roll(NEXT)
    assert place.running().release == calls[0]["taskDefinition"]


def test_a_release_that_is_gone_before_it_has_come_was_rolled_back(
    place: EcsPlace, plays: Callable[..., list[Json]]
) -> None:
    plays(under_way, back)
    with pytest.raises(RolledBack, match="ECS rolled it back"):
        place.roll(NEXT)


def test_a_tag_is_refused_before_anything_is_done(place: EcsPlace) -> None:
    with pytest.raises(ReleaseTrouble, match="a tag may mean another one tomorrow"):
        place.roll("registry.example/tasktracker:1.4.0")


def test_a_service_that_is_not_there_is_named(client: Any) -> None:
    client.create_cluster(clusterName="tasktracker")
    with pytest.raises(ReleaseTrouble, match="no service nobody"):
        EcsPlace(client, "tasktracker", "nobody", lambda _step: None).roll(NEXT)


def test_the_command_finds_the_region_where_the_runbook_puts_it(
    place: EcsPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_REGION", REGION)
    said = CliRunner().invoke(app, ["--on", "ecs:tasktracker/app", "status"])
    assert said.exit_code == 0, said.exception
    assert f"serves: {place.running().release}" in said.output
