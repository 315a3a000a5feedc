terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
provider "aws" {
  region                  = "eu-central-1"
  access_key              = "dummy"
  secret_key              = "dummy"
  skip_metadata_api_check = true
  endpoints {
    ssoadmin      = "SANDBOX"
    identitystore = "SANDBOX"
    organizations = "SANDBOX"
    sts           = "SANDBOX"
  }
}
data "aws_ssoadmin_instances" "this" {}
data "aws_organizations_organization" "this" {}
locals {
  arn   = tolist(data.aws_ssoadmin_instances.this.arns)[0]
  store = tolist(data.aws_ssoadmin_instances.this.identity_store_ids)[0]
}
resource "aws_identitystore_user" "u" {
  identity_store_id = local.store
  display_name      = "Jane Doe"
  user_name         = "jane"
  name {
    given_name  = "Jane"
    family_name = "Doe"
  }
  emails {
    value   = "jane@example.com"
    primary = true
  }
}
resource "aws_identitystore_group" "g" {
  identity_store_id = local.store
  display_name      = "admins"
  description       = "x"
}
resource "aws_identitystore_group_membership" "m" {
  identity_store_id = local.store
  group_id          = aws_identitystore_group.g.group_id
  member_id         = aws_identitystore_user.u.user_id
}
resource "aws_ssoadmin_permission_set" "p" {
  name             = "Admin"
  instance_arn     = local.arn
  session_duration = "PT8H"
  relay_state      = "https://console.aws.amazon.com/"
  description      = "d"
  tags             = { team = "a" }
}
resource "aws_ssoadmin_managed_policy_attachment" "a" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.p.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_ssoadmin_customer_managed_policy_attachment" "c" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.p.arn
  customer_managed_policy_reference {
    name = "Team"
    path = "/team/"
  }
}
resource "aws_ssoadmin_permission_set_inline_policy" "i" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.p.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
resource "aws_ssoadmin_permissions_boundary_attachment" "b" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.p.arn
  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
  }
}
resource "aws_ssoadmin_account_assignment" "x" {
  instance_arn       = local.arn
  permission_set_arn = aws_ssoadmin_permission_set.p.arn
  principal_id       = aws_identitystore_group.g.group_id
  principal_type     = "GROUP"
  target_id          = "111122223333"
  target_type        = "AWS_ACCOUNT"
  depends_on         = [aws_ssoadmin_managed_policy_attachment.a, aws_ssoadmin_permission_set_inline_policy.i, aws_ssoadmin_permissions_boundary_attachment.b, aws_ssoadmin_customer_managed_policy_attachment.c]
}
