resource "aws_dynamodb_table" "products" {
  name                        = "${var.prefix}Products"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = var.deletion_protection
  tags                        = var.tags

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = var.expires
  }
}

resource "aws_dynamodb_resource_policy" "products" {
  resource_arn = aws_dynamodb_table.products.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "NoDeletion"
      Effect    = "Deny"
      Principal = { AWS = module.add_product.role_arn }
      Action    = "dynamodb:DeleteItem"
      Resource  = aws_dynamodb_table.products.arn
    }]
  })
}
