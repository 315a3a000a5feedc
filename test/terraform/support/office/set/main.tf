variable "name" {}
variable "policy" {}
variable "instance" {}
resource "aws_ssoadmin_permission_set" "this" {
  instance_arn     = var.instance
  name             = var.name
  description      = "set ${var.name}"
  session_duration = "PT4H"
  relay_state      = "https://console.aws.amazon.com/s3"
  tags             = { team = "x" }
}
resource "aws_ssoadmin_managed_policy_attachment" "this" {
  instance_arn       = var.instance
  permission_set_arn = aws_ssoadmin_permission_set.this.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/${var.policy}"
}
resource "aws_ssoadmin_customer_managed_policy_attachment" "this" {
  instance_arn       = var.instance
  permission_set_arn = aws_ssoadmin_permission_set.this.arn
  customer_managed_policy_reference {
    name = "Team"
    path = "/team/"
  }
}
resource "aws_ssoadmin_permission_set_inline_policy" "this" {
  instance_arn       = var.instance
  permission_set_arn = aws_ssoadmin_permission_set.this.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "s3:*", Resource = "*" }] })
}
resource "aws_ssoadmin_permissions_boundary_attachment" "this" {
  instance_arn       = var.instance
  permission_set_arn = aws_ssoadmin_permission_set.this.arn
  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
  }
}
output "arn" {
  value = aws_ssoadmin_permission_set.this.arn
}
