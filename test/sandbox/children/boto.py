"""The life of a user, a group and a permission set through boto3, with its paginators and modelled errors."""
import json
import sys

import boto3

url, region = sys.argv[1:]
given = dict(endpoint_url=url, region_name=region, aws_access_key_id="dummy", aws_secret_access_key="dummy")
sso, store, orgs, sts, oidc, portal = (
    boto3.client(name, **given) for name in ("sso-admin", "identitystore", "organizations", "sts", "sso-oidc", "sso")
)

account = sts.get_caller_identity()["Account"]
assert orgs.describe_organization()["Organization"]["MasterAccountId"] == account
states = [a["State"] for page in orgs.get_paginator("list_accounts").paginate() for a in page["Accounts"]]
assert sorted(states) == ["ACTIVE", "ACTIVE", "SUSPENDED"], states
root = orgs.list_roots()["Roots"][0]["Id"]
unit = orgs.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"][0]
assert unit["Name"] == "Workloads"
assert orgs.list_tags_for_resource(ResourceId="444455556666")["Tags"] == [{"Key": "env", "Value": "dev"}]

instance = sso.list_instances()["Instances"][0]
arn, directory = instance["InstanceArn"], instance["IdentityStoreId"]
sso.update_instance(InstanceArn=arn, Name="corp")
assert sso.describe_instance(InstanceArn=arn)["Name"] == "corp"
assert sso.add_region(InstanceArn=arn, RegionName="eu-west-1")["Status"] == "ADDING"
assert sso.describe_region(InstanceArn=arn, RegionName="eu-west-1")["Status"] == "ADDING"
assert sso.describe_region(InstanceArn=arn, RegionName="eu-west-1")["Status"] == "ACTIVE"
places = [r["RegionName"] for page in sso.get_paginator("list_regions").paginate(InstanceArn=arn) for r in page["Regions"]]
assert places == [region, "eu-west-1"], places
assert sso.remove_region(InstanceArn=arn, RegionName="eu-west-1")["Status"] == "REMOVING"
delegate = dict(AccountId="444455556666", ServicePrincipal="sso.amazonaws.com")
orgs.register_delegated_administrator(**delegate)
try:
    orgs.register_delegated_administrator(**delegate)
    raise AssertionError("an administrator was registered twice")
except orgs.exceptions.AccountAlreadyRegisteredException:
    pass
assert [a["Id"] for a in orgs.list_delegated_administrators()["DelegatedAdministrators"]] == ["444455556666"]
orgs.deregister_delegated_administrator(**delegate)
name = dict(GivenName="Taro", FamilyName="Yamada")
mail = [dict(Value="taro@example.com", Type="work", Primary=True)]
user = store.create_user(IdentityStoreId=directory, UserName="taro", DisplayName="Taro", Name=name, Emails=mail)["UserId"]
try:
    store.create_user(IdentityStoreId=directory, UserName="other", DisplayName="Other", Name=name, Emails=mail)
    raise AssertionError("an e-mail address was given twice")
except store.exceptions.ConflictException as taken:
    assert taken.response["Reason"] == "UNIQUENESS_CONSTRAINT_VIOLATION", taken.response
try:
    store.update_user(IdentityStoreId=directory, UserId=user, Operations=[dict(AttributePath="userName", AttributeValue="jiro")])
    raise AssertionError("a user name was changed")
except store.exceptions.ValidationException:
    pass
changes = [
    dict(AttributePath="name.givenName", AttributeValue="Jiro"),
    dict(AttributePath="emails", AttributeValue=[dict(value="jiro@example.com", type="work", primary=True)]),
    dict(AttributePath="title", AttributeValue="Engineer"),
]
store.update_user(IdentityStoreId=directory, UserId=user, Operations=changes)
changed = store.describe_user(IdentityStoreId=directory, UserId=user)
assert changed["Name"]["GivenName"] == "Jiro" and changed["Title"] == "Engineer", changed
assert changed["Emails"] == [dict(Value="jiro@example.com", Type="work", Primary=True)], changed
enterprise = "aws:identitystore:enterprise"
boss = store.create_user(
    IdentityStoreId=directory, UserName="boss", DisplayName="Boss", Name=name,
    Roles=[dict(Value="Lead", Type="Work", Primary=True)], Extensions={enterprise: dict(costCenter="4130", level=3)},
)["UserId"]
changes = [
    dict(AttributePath=f"{enterprise}.department", AttributeValue="Tour Operations"),
    dict(AttributePath=f"{enterprise}.manager", AttributeValue={"value": boss, "$ref": "../Users/1"}),
]
store.update_user(IdentityStoreId=directory, UserId=user, Operations=changes)
both = dict(IdentityStoreId=directory, Extensions=[enterprise])
shown = {u["UserName"]: u.get("Extensions") for u in store.list_users(**both)["Users"]}
assert shown["boss"] == {enterprise: dict(costCenter="4130", level=3)}, shown
managed = {"value": boss, "$ref": "../Users/1"}
assert shown["taro"] == {enterprise: dict(department="Tour Operations", manager=managed)}, shown
assert "Extensions" not in store.describe_user(IdentityStoreId=directory, UserId=user)
cleared = [dict(AttributePath=f"{enterprise}.{path}") for path in ("department", "manager")]
store.update_user(IdentityStoreId=directory, UserId=user, Operations=cleared)
assert "Extensions" not in store.describe_user(**both, UserId=user)
for refused in (dict(AttributePath="aws:identitystore:other.a", AttributeValue="x"), dict(AttributePath=f"{enterprise}.division", AttributeValue="x" * 1025)):
    try:
        store.update_user(IdentityStoreId=directory, UserId=user, Operations=[refused])
        raise AssertionError("an extension that does not exist, or a text too long, was taken")
    except store.exceptions.ValidationException:
        pass
store.delete_user(IdentityStoreId=directory, UserId=boss)
by_mail = dict(UniqueAttribute=dict(AttributePath="emails.value", AttributeValue="jiro@example.com"))
assert store.get_user_id(IdentityStoreId=directory, AlternateIdentifier=by_mail)["UserId"] == user
group = store.create_group(IdentityStoreId=directory, DisplayName="admins", Description="x")["GroupId"]
member = dict(UserId=user)
store.create_group_membership(IdentityStoreId=directory, GroupId=group, MemberId=member)
assert store.is_member_in_groups(IdentityStoreId=directory, MemberId=member, GroupIds=[group])["Results"][0]["MembershipExists"]

made = sso.create_permission_set(InstanceArn=arn, Name="Admin", SessionDuration="PT8H", Tags=[dict(Key="a", Value="b")])
both = dict(InstanceArn=arn, PermissionSetArn=made["PermissionSet"]["PermissionSetArn"])
sso.attach_managed_policy_to_permission_set(**both, ManagedPolicyArn="arn:aws:iam::aws:policy/job-function/Billing")
assert sso.list_managed_policies_in_permission_set(**both)["AttachedManagedPolicies"][0]["Name"] == "Billing"
policy = json.dumps(dict(Version="2012-10-17", Statement=dict(Effect="Allow", Action="*", Resource="*")))
sso.put_inline_policy_to_permission_set(**both, InlinePolicy=policy)
assert sso.get_inline_policy_for_permission_set(**both)["InlinePolicy"] == policy
sso.tag_resource(InstanceArn=arn, ResourceArn=both["PermissionSetArn"], Tags=[dict(Key="c", Value="")])
assert len(sso.list_tags_for_resource(InstanceArn=arn, ResourceArn=both["PermissionSetArn"])["Tags"]) == 2
who = dict(TargetId=account, TargetType="AWS_ACCOUNT", PrincipalType="GROUP", PrincipalId=group)
status = sso.create_account_assignment(**both, **who)["AccountAssignmentCreationStatus"]
while status["Status"] == "IN_PROGRESS":
    status = sso.describe_account_assignment_creation_status(
        InstanceArn=arn, AccountAssignmentCreationRequestId=status["RequestId"]
    )["AccountAssignmentCreationStatus"]
assert status["Status"] == "SUCCEEDED", status
pages = sso.get_paginator("list_permission_sets_provisioned_to_account").paginate(InstanceArn=arn, AccountId=account)
assert [p for page in pages for p in page["PermissionSets"]] == [both["PermissionSetArn"]]

try:
    sso.describe_instance_access_control_attribute_configuration(InstanceArn=arn)
    raise AssertionError("there are attributes for access control that nobody made")
except sso.exceptions.ResourceNotFoundException:
    pass
costs = [dict(Key="CostCenter", Value=dict(Source=["${path:enterprise.costCenter}"]))]
attributes = dict(InstanceArn=arn, InstanceAccessControlAttributeConfiguration=dict(AccessControlAttributes=costs))
sso.create_instance_access_control_attribute_configuration(**attributes)
sso.update_instance_access_control_attribute_configuration(**attributes)
shown = sso.describe_instance_access_control_attribute_configuration(InstanceArn=arn)
assert shown["Status"] == "ENABLED", shown
assert shown["InstanceAccessControlAttributeConfiguration"]["AccessControlAttributes"] == costs, shown
sso.delete_instance_access_control_attribute_configuration(InstanceArn=arn)

iam, analyzer = boto3.client("iam", **given), boto3.client("accessanalyzer", **given)
team = iam.get_policy(PolicyArn=f"arn:aws:iam::{account}:policy/team/Team")["Policy"]
assert team["PolicyName"] == "Team" and team["DefaultVersionId"] == "v1", team
document = iam.get_policy_version(PolicyArn=team["Arn"], VersionId="v1")["PolicyVersion"]["Document"]
assert document["Statement"][0]["Action"] == "sts:GetCallerIdentity", document
try:
    iam.get_policy(PolicyArn="arn:aws:iam::aws:policy/AdministratorAcess")
    raise AssertionError("a policy that AWS does not have was found")
except iam.exceptions.NoSuchEntityException:
    pass
pages = iam.get_paginator("list_roles").paginate(PathPrefix="/aws-reserved/sso.amazonaws.com/", PaginationConfig=dict(PageSize=1))
roles = [role for page in pages for role in page["Roles"]]
assert [role["RoleName"][:-17] for role in roles] == ["AWSReservedSSO_Admin"], roles
assert roles[0]["Arn"] == f"arn:aws:iam::{account}:role{roles[0]['Path']}{roles[0]['RoleName']}", roles
assert roles[0]["AssumeRolePolicyDocument"]["Statement"][0]["Effect"] == "Allow", roles

passing = dict(Version="2012-10-17", Statement=dict(Effect="Allow", Action=["iam:*", "iam:PassRole"], Resource="*"))
pages = analyzer.get_paginator("validate_policy").paginate(
    policyDocument=json.dumps(passing), policyType="IDENTITY_POLICY", PaginationConfig=dict(PageSize=1)
)
codes = [f["issueCode"] for page in pages for f in page["findings"]]
assert codes == ["PASS_ROLE_WITH_STAR_IN_RESOURCE", "REDUNDANT_ACTION"], codes

client = oidc.register_client(clientName="boto3", clientType="public", scopes=["sso:account:access"])
keys = dict(clientId=client["clientId"], clientSecret=client["clientSecret"])
start = f"https://{directory}.awsapps.com/start"
device = oidc.start_device_authorization(**keys, startUrl=start)
grant = dict(grantType="urn:ietf:params:oauth:grant-type:device_code", deviceCode=device["deviceCode"])
try:
    oidc.create_token(**keys, **grant)
    raise AssertionError("a token came before the approval")
except oidc.exceptions.AuthorizationPendingException:
    pass
from urllib.parse import urlencode
from urllib.request import urlopen

fields = dict(user_code=device["userCode"], user="taro", decision="allow")
urlopen(device["verificationUri"], urlencode(fields).encode())
token = oidc.create_token(**keys, **grant)["accessToken"]
assert [a["accountId"] for a in portal.list_accounts(accessToken=token)["accountList"]] == [account]
role = portal.get_role_credentials(accessToken=token, accountId=account, roleName="Admin")["roleCredentials"]
own = dict(given, aws_access_key_id=role["accessKeyId"], aws_secret_access_key=role["secretAccessKey"])
identity = boto3.client("sts", **own, aws_session_token=role["sessionToken"]).get_caller_identity()["Arn"]
assert "assumed-role/AWSReservedSSO_Admin_" in identity and identity.endswith("/taro"), identity
print("ok")

provider = "arn:aws:sso::aws:applicationProvider/custom"
app = sso.create_application(InstanceArn=arn, ApplicationProviderArn=provider, Name="Grafana")["ApplicationArn"]
assert sso.describe_application(ApplicationArn=app)["Status"] == "ENABLED"
assert sso.get_application_assignment_configuration(ApplicationArn=app)["AssignmentRequired"] is True
sso.put_application_assignment_configuration(ApplicationArn=app, AssignmentRequired=False)
assert sso.get_application_assignment_configuration(ApplicationArn=app)["AssignmentRequired"] is False
holder = dict(ApplicationArn=app, PrincipalId=group, PrincipalType="GROUP")
sso.create_application_assignment(**holder)
try:
    sso.create_application_assignment(**holder)
    raise AssertionError("a group was assigned to an application twice")
except sso.exceptions.ConflictException:
    pass
pages = sso.get_paginator("list_application_assignments").paginate(ApplicationArn=app)
assert [row["PrincipalId"] for page in pages for row in page["ApplicationAssignments"]] == [group]
pages = sso.get_paginator("list_application_assignments_for_principal").paginate(
    InstanceArn=arn, PrincipalId=group, PrincipalType="GROUP"
)
assert [row["ApplicationArn"] for page in pages for row in page["ApplicationAssignments"]] == [app]
sso.delete_application_assignment(**holder)
try:
    sso.describe_application_assignment(**holder)
    raise AssertionError("an assignment outlived its deletion")
except sso.exceptions.ResourceNotFoundException:
    pass
sso.delete_application(ApplicationArn=app)
assert sso.list_applications(InstanceArn=arn)["Applications"] == []

mapping = dict(ClaimAttributePath="email", IdentityStoreAttributePath="emails.value")
oidc = dict(mapping, IssuerUrl="https://example.okta.com", JwksRetrievalOption="OPEN_ID_DISCOVERY")
issuer = sso.create_trusted_token_issuer(
    InstanceArn=arn,
    Name="okta",
    TrustedTokenIssuerType="OIDC_JWT",
    TrustedTokenIssuerConfiguration=dict(OidcJwtConfiguration=oidc),
    Tags=[dict(Key="team", Value="a")],
)["TrustedTokenIssuerArn"]
pages = sso.get_paginator("list_trusted_token_issuers").paginate(InstanceArn=arn)
assert [row["Name"] for page in pages for row in page["TrustedTokenIssuers"]] == ["okta"]
upn = dict(OidcJwtConfiguration=dict(ClaimAttributePath="preferred_username"))
sso.update_trusted_token_issuer(TrustedTokenIssuerArn=issuer, Name="entra", TrustedTokenIssuerConfiguration=upn)
shown = sso.describe_trusted_token_issuer(TrustedTokenIssuerArn=issuer)
assert shown["Name"] == "entra", shown
changed = dict(oidc, ClaimAttributePath="preferred_username")
assert shown["TrustedTokenIssuerConfiguration"] == dict(OidcJwtConfiguration=changed), shown
assert sso.list_tags_for_resource(InstanceArn=arn, ResourceArn=issuer)["Tags"] == [dict(Key="team", Value="a")]
sso.delete_trusted_token_issuer(TrustedTokenIssuerArn=issuer)
try:
    sso.describe_trusted_token_issuer(TrustedTokenIssuerArn=issuer)
    raise AssertionError("a trusted token issuer outlived its deletion")
except sso.exceptions.ResourceNotFoundException:
    pass
