# The resources that infra/ declares, and those that stack `aws` adds, as the official provider
# creates them. @pulumi/aws bridges the same provider, so that it makes the same calls.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                  = "us-east-1"
  access_key              = "test"
  secret_key              = "test"
  skip_metadata_api_check = true
  skip_region_validation  = true

  endpoints {
    apigateway     = var.endpoint
    cloudwatch     = var.endpoint
    cloudwatchlogs = var.endpoint
    dynamodb       = var.endpoint
    fis            = var.endpoint
    iam            = var.endpoint
    kms            = var.endpoint
    lambda         = var.endpoint
    sns            = var.endpoint
    sqs            = var.endpoint
    sts            = var.endpoint
  }

  default_tags {
    tags = { Project = "outage-drill" }
  }
}

module "add_product" {
  source          = "./lambda-function"
  name            = "${var.prefix}add-product"
  code            = var.code
  runtime         = var.runtime
  timeout_seconds = var.timeout_seconds
  memory_mb       = var.memory_mb
  retention_days  = var.retention_days
  service         = "add-product"
  tags            = var.tags
  environment = merge(var.environment, {
    PRODUCTS_TABLE_NAME      = aws_dynamodb_table.products.name
    PRODUCT_EVENTS_TOPIC_ARN = aws_sns_topic.product_events.arn
  })
  allowed_calls = [
    { actions = ["dynamodb:PutItem"], resource = aws_dynamodb_table.products.arn },
    { actions = ["sns:Publish"], resource = aws_sns_topic.product_events.arn },
  ]
}

module "get_product" {
  source          = "./lambda-function"
  name            = "${var.prefix}get-product"
  code            = var.code
  runtime         = var.runtime
  timeout_seconds = var.timeout_seconds
  memory_mb       = var.memory_mb
  retention_days  = var.retention_days
  service         = "get-product"
  tags            = var.tags
  environment     = merge(var.environment, { PRODUCTS_TABLE_NAME = aws_dynamodb_table.products.name })
  allowed_calls = [
    { actions = ["dynamodb:GetItem"], resource = aws_dynamodb_table.products.arn },
  ]
}

module "process_product_events" {
  source               = "./lambda-function"
  name                 = "${var.prefix}process-product-events"
  code                 = var.code
  runtime              = var.runtime
  timeout_seconds      = var.timeout_seconds
  memory_mb            = var.memory_mb
  retention_days       = var.retention_days
  service              = "process-product-events"
  tags                 = var.tags
  reserved_concurrency = 20
  environment = merge(var.environment, {
    PRODUCTS_TABLE_NAME                  = aws_dynamodb_table.products.name
    PRODUCT_EVENTS_QUEUE_URL             = aws_sqs_queue.product_events.url
    PRODUCT_EVENTS_DEAD_LETTER_QUEUE_URL = aws_sqs_queue.dead_letters.url
  })
  allowed_calls = [
    { actions = ["dynamodb:PutItem"], resource = aws_dynamodb_table.products.arn },
    {
      actions = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
      ],
      resource = aws_sqs_queue.product_events.arn
    },
    { actions = ["sqs:SendMessage"], resource = aws_sqs_queue.dead_letters.arn },
  ]
}
