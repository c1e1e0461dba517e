resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.prefix}dead-letters"
  alarm_description   = "A write could not be stored."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarm_threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "${var.prefix}server-errors"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = aws_api_gateway_rest_api.product_api.name, Stage = "dev" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarm_threshold
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.prefix}latency"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = module.add_product.name }
  extended_statistic  = "p99"
  unit                = "Milliseconds"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 3000
}

resource "aws_sns_topic" "alarms" {
  name = "${var.prefix}Alarms"
}

resource "aws_cloudwatch_log_group" "experiments" {
  name              = "/aws/fis/${var.prefix}drill"
  retention_in_days = var.retention_days
}

resource "aws_iam_role" "experiment" {
  name = "${var.prefix}experiment"
  tags = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "fis.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_policy" "experiment" {
  name = "${var.prefix}experiment"
  tags = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "fis:InjectApiInternalError",
        "fis:InjectApiThrottleError",
        "fis:InjectApiUnavailableError",
      ]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "experiment" {
  role       = aws_iam_role.experiment.name
  policy_arn = aws_iam_policy.experiment.arn
}

resource "aws_fis_experiment_template" "outage" {
  description = "DynamoDB fails for the functions that write."
  role_arn    = aws_iam_role.experiment.arn
  tags        = var.tags

  action {
    name      = "fail"
    action_id = "aws:fis:inject-api-unavailable-error"

    parameter {
      key   = "service"
      value = "dynamodb"
    }
    parameter {
      key   = "operations"
      value = "PutItem"
    }
    parameter {
      key   = "percentage"
      value = "100"
    }
    parameter {
      key   = "duration"
      value = var.experiment_duration
    }

    target {
      key   = "Roles"
      value = "writers"
    }
  }

  action {
    name        = "after"
    action_id   = "aws:fis:wait"
    start_after = ["fail"]

    parameter {
      key   = "duration"
      value = "PT1M"
    }
  }

  target {
    name           = "writers"
    resource_type  = "aws:iam:role"
    selection_mode = "ALL"
    resource_arns  = [module.add_product.role_arn]
  }

  stop_condition {
    source = "aws:cloudwatch:alarm"
    value  = aws_cloudwatch_metric_alarm.dead_letters.arn
  }

  experiment_options {
    account_targeting            = "single-account"
    empty_target_resolution_mode = "fail"
  }

  log_configuration {
    log_schema_version = 2
    cloudwatch_logs_configuration {
      log_group_arn = "${aws_cloudwatch_log_group.experiments.arn}:*"
    }
  }
}
