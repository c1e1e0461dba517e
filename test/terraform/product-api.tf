resource "aws_api_gateway_rest_api" "product_api" {
  name        = "${var.prefix}ProductApi"
  description = "The product API."
  tags        = merge(var.tags, { _custom_id_ = "${var.prefix}id" })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "product_api" {
  rest_api_id = aws_api_gateway_rest_api.product_api.id
  parent_id   = aws_api_gateway_rest_api.product_api.root_resource_id
  path_part   = "productApi"
}

locals {
  routes = {
    POST = module.add_product
    GET  = module.get_product
  }
}

resource "aws_api_gateway_method" "route" {
  for_each      = local.routes
  rest_api_id   = aws_api_gateway_rest_api.product_api.id
  resource_id   = aws_api_gateway_resource.product_api.id
  http_method   = each.key
  authorization = "NONE"
}

resource "aws_lambda_permission" "route" {
  for_each      = local.routes
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.product_api.execution_arn}/dev/${each.key}/productApi"
}

resource "aws_api_gateway_integration" "route" {
  for_each                = local.routes
  rest_api_id             = aws_api_gateway_rest_api.product_api.id
  resource_id             = aws_api_gateway_resource.product_api.id
  http_method             = aws_api_gateway_method.route[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = each.value.invoke_arn
}

resource "aws_api_gateway_deployment" "product_api" {
  rest_api_id = aws_api_gateway_rest_api.product_api.id
  triggers = {
    routes = jsonencode([
      for method in keys(local.routes) : [
        aws_api_gateway_method.route[method].id,
        aws_api_gateway_integration.route[method].id,
        aws_api_gateway_integration.route[method].uri,
      ]
    ])
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Without a role for its logs, API Gateway refuses a stage that writes any.
resource "aws_iam_role" "api_logs" {
  name = "${var.prefix}api-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "api_logs" {
  role       = aws_iam_role.api_logs.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.api_logs.arn
  depends_on          = [aws_iam_role_policy_attachment.api_logs]
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.prefix}ProductApi"
  retention_in_days = var.retention_days
  tags              = var.tags
}

resource "aws_api_gateway_stage" "dev" {
  rest_api_id          = aws_api_gateway_rest_api.product_api.id
  deployment_id        = aws_api_gateway_deployment.product_api.id
  stage_name           = "dev"
  variables            = var.stage_variables
  xray_tracing_enabled = true
  tags                 = var.tags
  depends_on           = [aws_api_gateway_account.this]

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = jsonencode({ requestId = "$context.requestId", status = "$context.status" })
  }
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.product_api.id
  stage_name  = aws_api_gateway_stage.dev.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_burst_limit = 500
    throttling_rate_limit  = 1000
  }
}
