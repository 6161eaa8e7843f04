"""Every metric of the program, in one place. Names are `tasktracker_<noun>_<unit>`."""

from prometheus_client import Counter, Gauge, Histogram, Info

REQUESTS = Counter("tasktracker_http_requests", "HTTP requests, by route template", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "tasktracker_http_request_seconds",
    "Time to answer an HTTP request",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10),
)
COMMAND_REFUSALS = Counter("tasktracker_refusals", "Requests refused by a rule of the product", ["refusal"])
SOCKETS = Gauge("tasktracker_sockets_count", "Open page sockets")
SOCKETS_REFUSED = Counter("tasktracker_socket_refusals", "Socket handshakes and events refused", ["reason"])
DOORBELL_RINGS = Counter("tasktracker_doorbell_rings", "Notifications sent to the other processes")
FEED_RECONNECTS = Counter("tasktracker_feed_reconnects", "Times the LISTEN connection was lost and reopened")
FEED_POLLED_CHANGES = Counter("tasktracker_feed_polled_changes", "Changes found by polling, after a missed ring")
HUB_LOADS = Counter("tasktracker_hub_loads", "Loads of changed tasks, one for all pages of a project")
HUB_PATCHES = Counter("tasktracker_hub_patches", "Patches handed to open pages")
HUB_PAGES = Gauge("tasktracker_hub_pages_count", "Open pages that follow a project")
PRESENCE_SEATS = Gauge("tasktracker_presence_seats_count", "Open tasks with somebody at them, in all processes")
CONSUMER_EVENTS = Counter("tasktracker_consumer_events", "Events that a consumer has acted on", ["consumer"])
DUE_WORK = Counter("tasktracker_due_work", "Things dealt with that fell due at a time", ["work", "outcome"])
CHAIN_BREAKS = Counter("tasktracker_chain_breaks", "New events whose place in a log's hash chain does not hold")
VAULT_CALLS = Counter("tasktracker_vault_calls", "Calls of Vault, by how they went", ["outcome"])
VAULT_LEASE_SECONDS = Gauge("tasktracker_vault_lease_seconds", "Time until what Vault has lent ends", ["lease"])
DATABASE_USERS = Counter("tasktracker_database_users", "Database users taken from Vault, one after another")
EVENT_LOOP_LAG = Gauge(
    "tasktracker_event_loop_lag_seconds", "How late the latest of the loop's heartbeats of 15 seconds was"
)
EVENT_LOOP_LATE = Histogram(
    "tasktracker_event_loop_late_seconds",
    "How late the event loop was at its heartbeats",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
BUILD = Info("tasktracker_build", "Version of the running program")
