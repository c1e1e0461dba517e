resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.prefix}ProductEventsDeadLetterQueue"
  message_retention_seconds = 1209600
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.product_events.arn]
  })
}

resource "aws_sqs_queue" "product_events" {
  name                       = "${var.prefix}ProductEventsQueue"
  message_retention_seconds  = 345600
  visibility_timeout_seconds = var.visibility_timeout_seconds
  receive_wait_time_seconds  = 5
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receive_count
  })
  tags = var.tags
}

resource "aws_sns_topic" "product_events" {
  name         = "${var.prefix}ProductEventsTopic"
  display_name = "Product events"
  tags         = var.tags
}

resource "aws_sns_topic_policy" "product_events" {
  arn = aws_sns_topic.product_events.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PublishByTheApi"
      Effect    = "Allow"
      Principal = { AWS = module.add_product.role_arn }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.product_events.arn
    }]
  })
}

resource "aws_sqs_queue_policy" "from_topic" {
  for_each = {
    events       = aws_sqs_queue.product_events
    dead_letters = aws_sqs_queue.dead_letters
  }
  queue_url = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = each.value.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.product_events.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "queue" {
  topic_arn            = aws_sns_topic.product_events.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.product_events.arn
  raw_message_delivery = var.raw_message_delivery
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters.arn })
  depends_on           = [aws_sqs_queue_policy.from_topic]
}

resource "aws_lambda_event_source_mapping" "retry" {
  event_source_arn        = aws_sqs_queue.product_events.arn
  function_name           = module.process_product_events.arn
  batch_size              = var.batch_size
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }
}
