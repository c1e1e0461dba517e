variable "name" {
  type = string
}

variable "code" {
  type = string
}

variable "runtime" {
  type = string
}

variable "timeout_seconds" {
  type = number
}

variable "memory_mb" {
  type = number
}

variable "retention_days" {
  type = number
}

variable "service" {
  type = string
}

variable "reserved_concurrency" {
  type    = number
  default = -1
}

variable "environment" {
  type = map(string)
}

variable "allowed_calls" {
  type = list(object({ actions = list(string), resource = string }))
}

variable "tags" {
  type = map(string)
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.retention_days
  tags              = var.tags
}

resource "aws_iam_role" "this" {
  name = var.name
  tags = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "calls"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for call in concat(var.allowed_calls, [{
        actions  = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resource = "${aws_cloudwatch_log_group.this.arn}:*"
      }]) : { Effect = "Allow", Action = call.actions, Resource = call.resource }
    ]
  })
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  runtime                        = var.runtime
  handler                        = "index.handler"
  filename                       = var.code
  source_code_hash               = filebase64sha256(var.code)
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency
  tags                           = var.tags

  environment {
    variables = merge({ POWERTOOLS_SERVICE_NAME = var.service }, var.environment)
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_iam_role_policy.this, aws_cloudwatch_log_group.this]
}

output "name" {
  value = aws_lambda_function.this.function_name
}

output "arn" {
  value = aws_lambda_function.this.arn
}

output "invoke_arn" {
  value = aws_lambda_function.this.invoke_arn
}

output "role_arn" {
  value = aws_iam_role.this.arn
}
