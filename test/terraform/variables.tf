variable "endpoint" {
  description = "Where every service answers, such as http://127.0.0.1:4566."
  type        = string
}

variable "prefix" {
  description = "Put before every name."
  type        = string
}

variable "code" {
  description = "Path of the zip that holds the functions' code."
  type        = string
}

# The newest runtime that release 5 of the provider knows.
variable "runtime" {
  type    = string
  default = "nodejs22.x"
}

# What a second apply changes.

variable "timeout_seconds" {
  type    = number
  default = 10
}

variable "memory_mb" {
  type    = number
  default = 512
}

variable "retention_days" {
  type    = number
  default = 30
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "tags" {
  type    = map(string)
  default = { Stage = "first" }
}

variable "deletion_protection" {
  type    = bool
  default = true
}

variable "expires" {
  description = "Whether items of the table expire at their attribute expiresAt."
  type        = bool
  default     = true
}

variable "visibility_timeout_seconds" {
  type    = number
  default = 60
}

variable "max_receive_count" {
  type    = number
  default = 1000
}

variable "raw_message_delivery" {
  type    = bool
  default = true
}

variable "batch_size" {
  type    = number
  default = 10
}

variable "maximum_concurrency" {
  type    = number
  default = 10
}

variable "stage_variables" {
  type    = map(string)
  default = { level = "one" }
}

variable "alarm_threshold" {
  type    = number
  default = 1
}

variable "experiment_duration" {
  type    = string
  default = "PT5M"
}
