# On AWS only: the key comes from VAULT_AWSKMS_SEAL_KEY_ID, the region from AWS_REGION, the rights from the machine's role.
seal "awskms" {
}
