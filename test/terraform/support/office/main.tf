terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { managed-by = "terraform", stage = "x" }
  }
}

data "aws_ssoadmin_instances" "this" {}

locals {
  instance = tolist(data.aws_ssoadmin_instances.this.arns)[0]
  store    = tolist(data.aws_ssoadmin_instances.this.identity_store_ids)[0]
}

data "aws_identitystore_group" "ext" {
  identity_store_id = local.store
  alternate_identifier {
    unique_attribute {
      attribute_path  = "DisplayName"
      attribute_value = "everyone"
    }
  }
}
data "aws_ssoadmin_permission_set" "theirs" {
  instance_arn = local.instance
  name         = "Theirs"
}

resource "aws_identitystore_user" "people" {
  for_each          = toset(["taro", "o'neil@example.com", "plain"])
  identity_store_id = local.store
  user_name         = each.key
  display_name      = "D ${each.key}"
  name {
    given_name  = "G"
    family_name = "F"
  }
  emails {
    value   = sensitive("${sha1(each.key)}@example.com")
    primary = true
  }
}

resource "aws_identitystore_group" "teams" {
  for_each          = toset(["admins", "a b"])
  identity_store_id = local.store
  display_name      = each.key
  description       = "team ${each.key}"
}

resource "aws_identitystore_group_membership" "m" {
  count             = 3
  identity_store_id = local.store
  group_id          = aws_identitystore_group.teams["admins"].group_id
  member_id         = values(aws_identitystore_user.people)[count.index].user_id
}

module "sets" {
  source   = "./set"
  for_each = { Admin = "AdministratorAccess", "Read-Only" = "ReadOnlyAccess" }
  name     = each.key
  policy   = each.value
  instance = local.instance
}

resource "aws_ssoadmin_account_assignment" "a" {
  for_each           = { for pair in setproduct(["Admin", "Read-Only"], ["222233334444", "333344445555"]) : "${pair[0]} in ${pair[1]}" => pair }
  instance_arn       = local.instance
  permission_set_arn = module.sets[each.value[0]].arn
  principal_type     = "GROUP"
  principal_id       = aws_identitystore_group.teams["admins"].group_id
  target_type        = "AWS_ACCOUNT"
  target_id          = each.value[1]
}

resource "aws_ssoadmin_account_assignment" "theirs" {
  instance_arn       = local.instance
  permission_set_arn = data.aws_ssoadmin_permission_set.theirs.arn
  principal_type     = "GROUP"
  principal_id       = data.aws_identitystore_group.ext.group_id
  target_type        = "AWS_ACCOUNT"
  target_id          = "222233334444"
}

resource "aws_ssoadmin_instance_access_control_attributes" "x" {
  instance_arn = local.instance
  attribute {
    key = "Team"
    value {
      source = ["$${path:userName}"]
    }
  }
}

resource "terraform_data" "unrelated" {
  input = "kept"
}
