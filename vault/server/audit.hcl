# OpenBao takes audit devices from here alone. HashiCorp's Vault ignores these stanzas, and the bootstrap enables the
# same two by its API. Two, since a server whose every audit device is blocked answers nobody.
audit "file" "to-file" {
  description = "Kept on the machine"
  options = {
    file_path = "/vault/audit/audit.log"
  }
}

audit "file" "to-stdout" {
  description = "Taken away with the container's log"
  options = {
    file_path = "stdout"
  }
}
