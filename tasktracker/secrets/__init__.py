"""What must not be read by others: settings, database users and the seal, from Vault or from this machine.

Nothing here imports hvac before Vault is configured: a laptop's start does not wait for it.
"""
