// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are manifests, not templates
/** Code of the error, manifest with `«…»` around what the error points at, and the sentence. */
export type Row = readonly [code: string, manifest: string, message: string]

const role = 'arn:aws:iam::444455556666:role/Deploy'
const person = 'given_name: T, family_name: Y, email: t@example.com'

/** Whole files. */
export const files: readonly Row[] = [
  [
    'key-missing',
    'version: 1\n«identity_center»: { region: eu-west-1 }\nlocal: { sso_session: s, generate: { from: portal } }\n',
    'identity_center has no start_url, which generate needs with from: portal',
  ],
  ['manifest-empty', '«', 'sso.yaml is empty'],
  ['manifest-empty', '«# nothing here\n', 'sso.yaml is empty'],
  ['manifest', '«hello', 'sso.yaml is not a manifest, so its content is not shown'],
  ['manifest', '«- a\n- b', 'sso.yaml is not a manifest, so its content is not shown'],
  [
    'manifest',
    '«-----BEGIN OPENSSH PRIVATE KEY-----\nversion: 1\n',
    'sso.yaml is not a manifest, so its content is not shown',
  ],
  ['manifest', '«HOME=/root\0TOKEN=secret\0version: 1\n', 'sso.yaml is not a manifest, so its content is not shown'],
  [
    'manifest',
    '«version: "3"\nservices:\n  web: { environment: [PASSWORD=x] }\n',
    'sso.yaml is not a manifest, so its content is not shown',
  ],
  ['yaml-syntax', 'version: 1\n«---\nversion: 1\n', 'a second document starts here'],
  [
    'yaml-version',
    '«%YAML» 1.1\n---\nversion: 1\n',
    'YAML 1.1 reads yes, no and numbers differently; this file is read as YAML 1.2',
  ],
  ['version', 'version: «2»\nidentity_center: { region: eu-west-1 }\n', 'manifest version 2 is not supported'],
  ['key-missing', '«version: 1\n', 'the manifest has no identity_center'],
  ['key-missing', 'version: 1\n«identity_center»: {}\n', 'identity_center has no region'],
  ['aws-region', 'version: 1\nidentity_center: { region: «Tokyo» }\n', 'region: "Tokyo" is not a valid AWS region'],
  [
    'instance-name',
    'version: 1\nidentity_center: { region: eu-west-1, name: «"a b"» }\n',
    'name: "a b" cannot be the name of an instance',
  ],
  [
    'instance-name',
    'version: 1\nidentity_center: { region: eu-west-1, name: «株式会社» }\n',
    'name: "株式会社" cannot be the name of an instance',
  ],
  ['instance-name', 'version: 1\nidentity_center: { region: eu-west-1, name: «""» }\n', 'name is empty'],
  [
    'region-partition',
    'version: 1\nidentity_center: { region: eu-west-1, additional_regions: [eu-west-2, «cn-north-1»] }\n',
    '"cn-north-1" is in the partition aws-cn, and the primary Region eu-west-1 in aws: no instance is in both',
  ],
  [
    'region-partition',
    'version: 1\nidentity_center: { region: us-gov-west-1 }\nabsent: { additional_regions: [«eu-west-1»] }\n',
    '"eu-west-1" is in the partition aws, and the primary Region us-gov-west-1 in aws-us-gov: no instance is in both',
  ],
]

/** What follows the two keys that every manifest needs. */
export const bodies: readonly Row[] = [
  // Session tags
  [
    'attribute-key',
    'access_control_attributes: { «"aws:x"»: "${path:title}" }\n',
    '"aws:x" cannot be the key of a session tag',
  ],
  [
    'attribute-key',
    'access_control_attributes: { «AWS:x»: "${path:title}" }\n',
    '"AWS:x" cannot be the key of a session tag',
  ],
  [
    'variable-here',
    'access_control_attributes: { X: «"${SSO_FOO}"» }\n',
    '"${SSO_FOO}" looks like an environment variable, and none is filled in here: it would be sent to AWS as it is',
  ],
  [
    'variable-here',
    'access_control_attributes: { X: «"a ${foo:-b}"» }\n',
    '"${foo:-b}" looks like an environment variable, and none is filled in here: it would be sent to AWS as it is',
  ],
  // YAML
  ['yaml-syntax', 'users:\n«\t»taro: {}\n', 'a tab is used for indentation'],
  ['yaml-syntax', 'users: «{» taro: {} ', 'the { is not closed'],
  ['yaml-syntax', 'name: «"»abc\nusers: {}\n', 'the " is not closed'],
  ['yaml-syntax', 'name: «@»home\n', 'the file is not valid YAML: plain value cannot start with reserved character @'],
  ['yaml-syntax', 'name: «!foo» home\n', 'tags are not allowed here'],
  [
    'yaml-syntax',
    'users: { taro: { email: $«{»EMAIL} } }\n',
    'the file is not valid YAML: unexpected flow-map-start at node end',
  ],
  ['key-duplicate', 'users: {}\n«users»: {}\n', 'duplicate key "users"; it is already on line 3'],
  [
    'key-duplicate',
    'users:\n  123: { external: true }\n  «"123"»: { external: true }\n',
    'duplicate key "123"; it is already on line 4',
  ],
  ['key-merge', 'users:\n  «<<»: {}\n', 'merge keys (<<) are not supported'],
  ['key-reserved', 'users:\n  «__proto__»: { external: true }\n', '"__proto__" cannot be a key'],
  ['key-type', 'users:\n  ? «[a]»\n  : { external: true }\n', 'a key must be text'],
  ['alias-unknown', 'name: «*home»\n', 'there is no anchor &home'],
  ['alias-recursive', 'groups: &a { g: { members: [«*a»] } }\n', '*a is inside the value it repeats'],
  // Variables
  [
    'variable-unset',
    'users:\n  taro:\n    given_name: T\n    family_name: Y\n    email: x+«${NOPE}»@example.com\n',
    'the environment variable NOPE is not set',
  ],
  ['variable-empty', 'accounts: { dev: "«${EMPTY}»" }\n', 'the environment variable EMPTY is empty'],
  ['variable-syntax', 'name: "«${a:b}»"\n', '"${a:b}" is not a valid variable; write ${NAME} or ${NAME:-default}'],
  ['variable-not-allowed', 'name: "«${HOME}»"\n', 'the environment variable HOME is not allowed in this manifest'],
  [
    'variable-not-allowed',
    'name: "«${GUESSED:-home}»"\n',
    'the environment variable GUESSED is not allowed in this manifest',
  ],
  ['variable-unset', 'name: "«${SSO_NAME}»"\n', 'the environment variable SSO_NAME is not set'],
  [
    'variable-secret',
    'name: "«${SSO_TOKEN}»"\n',
    'the environment variable SSO_TOKEN is a secret, judging by its name',
  ],
  [
    'variable-secret',
    'name: "«${SSO_TOKEN:-home}»"\n',
    'the environment variable SSO_TOKEN is a secret, judging by its name',
  ],
  ['variable-secret', 'name: "«${KEPT}»"\n', 'the environment variable KEPT has a value that looks like a secret'],
  [
    'variable-unset',
    'users: { "«${toString}»": { external: true } }\n',
    'the environment variable toString is not set',
  ],
  ['account-id', 'accounts: { dev: «"$${DEV}"» }\n', 'dev: "${DEV}" is not an account id'],
  [
    'variable-secret',
    'name: «${AWS_SESSION_TOKEN}»\n',
    'the environment variable AWS_SESSION_TOKEN is a secret, judging by its name',
  ],
  // Shapes
  ['key-unknown', '«user»: {}\n', 'unknown key "user" in the manifest'],
  ['key-unknown', 'permission_sets: { A: { «sessionDuration»: 8h } }\n', 'unknown key "sessionDuration" in A'],
  ['value-empty', '«users»:\n', 'users is empty'],
  ['value-empty', 'groups: { g: { members: «~» } }\n', 'members is empty'],
  ['value-type', 'groups: { g: { members: «taro» } }\n', 'members: expected a list, found the text "taro"'],
  ['value-type', 'groups: { g: { description: «5» } }\n', 'description: expected text, found the number 5'],
  ['value-type', 'groups: { g: { external: «"true"» } }\n', 'external: expected true or false, found the text "true"'],
  ['value-type', 'assignments: «{}»\n', 'assignments: expected a list, found a map'],
  ['key-missing', 'users:\n  «taro»: { given_name: T, family_name: Y }\n', 'taro has no email'],
  [
    'protected',
    'users: { t: { external: true, «protect»: true } }\nrevoked: { t: 2026-11-22T10:00:00Z }\n',
    '"t" is protected here, and revoked in the same file',
  ],
  [
    'protected',
    'users: { t: { external: true } }\nassignments:\n  - { users: [t], permission_sets: [S], accounts: [management], «protect»: true }\npermission_sets: { S: {} }\nrevoked: { t: 2026-11-22T10:00:00Z }\n',
    '"t" is protected here, and revoked in the same file',
  ],
  [
    'protected',
    'users: { t: { external: true } }\nassignments:\n  - { users: [t], permission_sets: [S], accounts: [management], protect: true, until: «2027-01-01» }\npermission_sets: { S: {} }\n',
    'until: a protected rule has no end',
  ],
  [
    'protected',
    'users: { t: { external: true } }\nassignments:\n  - { users: [t], permission_sets: [S], accounts: [management], protect: true, from: «2027-01-01» }\npermission_sets: { S: {} }\n',
    'from: a protected rule has no beginning',
  ],
  [
    'date',
    'users: { t: { external: true } }\nassignments:\n  - { users: [t], permission_sets: [S], accounts: [management], until: «2099-01-01T24:00:00Z» }\npermission_sets: { S: {} }\n',
    'until: "2099-01-01T24:00:00Z" is not a valid date',
  ],
  [
    'protected',
    'users: { t: { external: true, protect: true } }\nassignments:\n  - { users: [«t»], permission_sets: [S], accounts: [management], until: 2099-01-01 }\npermission_sets: { S: {} }\n',
    'until: "t" is protected, so what this rule gives could not end',
  ],
  [
    'protected',
    'users: { t: { external: true, protect: true } }\ngroups: { g: { members: [t] } }\nassignments:\n  - { groups: [«g»], permission_sets: [S], accounts: [management], until: 2099-01-01 }\npermission_sets: { S: {} }\n',
    'until: "t" is protected, so what this rule gives could not end',
  ],
  [
    'external-keys',
    'users: { h: { external: true, protect: true, «email»: a@b.c } }\n',
    'h is external, so email would be ignored',
  ],
  ['external-keys', 'users: { h: { external: true, «email»: a@b.c } }\n', 'h is external, so email would be ignored'],
  [
    'choice',
    'local: { output: «jsno» }\n',
    'output: "jsno" is not one of json, yaml, yaml-stream, text, table and off',
  ],
  [
    'list-duplicate',
    'users: { a: { external: true } }\ngroups: { g: { members: [a, «a»] } }\n',
    '"a" is listed twice in members',
  ],
  // Accounts
  ['account-id', 'accounts: { dev: «12345678901» }\n', '"12345678901" has 11 digits; account ids have 12'],
  ['account-id', 'accounts: { dev: «1234-5678-9012» }\n', 'account id "1234-5678-9012" must be exactly 12 digits'],
  ['account-id', 'accounts: { dev: «1e11» }\n', '"1e11" is a number, not a 12-digit account id'],
  ['account-id', 'accounts: { dev: «0x174876E800» }\n', '"0x174876E800" is a number, not a 12-digit account id'],
  ['account-id', 'accounts: { management: «"1"» }\n', '"1" has 1 digit; account ids have 12'],
  ['nickname', 'accounts: { «all»: "111122223333" }\n', '"all" cannot be an account nickname'],
  ['nickname', 'accounts: { «"111122223333"»: "111122223333" }\n', '"111122223333" cannot be an account nickname'],
  // Users and groups
  [
    'name-reserved',
    'users: { «Administrator»: { external: true } }\n',
    'the user name "Administrator" is reserved by AWS',
  ],
  ['name', 'users: { «a b»: { external: true } }\n', '"a b" cannot be a user name'],
  [
    'optional-text',
    'groups: { a: { description: «"a\u200bb"» } }\n',
    'description: "a\u200bb" is not a valid optional text: it contains U+200B, which AWS does not accept there',
  ],
  [
    'name',
    'groups: { «"a\u200bb"»: { external: true } }\n',
    '"a\u200bb" cannot be a group name: it contains U+200B, which AWS does not accept there',
  ],
  [
    'user-case',
    'users: { taro: { external: true }, «Taro»: { external: true } }\n',
    'user names "taro" and "Taro" differ only in case',
  ],
  [
    'email-duplicate',
    'users:\n  a: { given_name: A, family_name: A, email: a@b.c }\n  b: { given_name: B, family_name: B, email: «A@b.c» }\n',
    'users "a" and "b" have the same e-mail address',
  ],
  [
    'email',
    'users: { a: { given_name: A, family_name: A, email: «a.b.c» } }\n',
    'email: "a.b.c" is not an e-mail address',
  ],
  [
    'date',
    'users: { a: { given_name: A, family_name: A, email: a@b.c, birthdate: «1990-02-30» } }\n',
    'birthdate: "1990-02-30" is not a valid date',
  ],
  [
    'date',
    'users: { t: { external: true } }\npermission_sets: { S: {} }\nassignments:\n  - { users: [t], permission_sets: [S], accounts: [management], from: «2027-01-02», until: 2027-01-01 }\n',
    'from: "2027-01-02" is later than until: "2027-01-01"',
  ],
  ['user-undeclared', 'groups: { g: { members: [«taro»] } }\n', 'user "taro" is not declared under users'],
  ['user-undeclared', `users: { t: { ${person}, manager: «hana» } }\n`, 'user "hana" is not declared under users'],
  ['manager-circle', `users: { t: { ${person}, manager: «t» } }\n`, 'user "t" is their own manager'],
  ['name', `users: { t: { ${person}, manager: «"a b"» } }\n`, '"a b" cannot be a user name'],
  [
    'value-type',
    `users: { t: { ${person}, employee_number: «0701984» } }\n`,
    'employee_number: expected text, found the number 701984',
  ],
  ['value-type', `users: { t: { ${person}, roles: «Lead» } }\n`, 'roles: expected a list, found the text "Lead"'],
  ['list-length', `users: { t: { ${person}, roles: «[A, B]» } }\n`, 'roles has more than one entry'],
  ['key-missing', `users: { t: { ${person}, roles: [«{ type: Work }»] } }\n`, 'roles[0] has no value'],
  ['key-unknown', `users: { t: { ${person}, roles: [{ value: A, «typ»: B }] } }\n`, 'unknown key "typ" in roles[0]'],
  ['value-empty', `users: { t: { ${person}, roles: [«""»] } }\n`, 'roles[0] is empty'],
  [
    'optional-text',
    `users: { t: { ${person}, cost_center: «"a\\u200bb"» } }\n`,
    'cost_center: "a\u{200b}b" is not a valid optional text: it contains U+200B, which AWS does not accept there',
  ],
  [
    'external-keys',
    'users: { t: { external: true, «cost_center»: "4130" } }\n',
    't is external, so cost_center would be ignored',
  ],
  ['group-case', 'groups: { admins: {}, «Admins»: {} }\n', 'group names "admins" and "Admins" differ only in case'],
  ['rename', 'groups: { a: { was: «b» }, b: {} }\n', 'was: "b" is still declared'],
  ['rename', 'groups: { a: { was: «a» } }\n', 'was is the current name of the group; expected an earlier one'],
  ['rename', 'groups: { a: { was: c }, b: { was: «c» } }\n', '"c" is already renamed to "a"'],
  // Identity Center takes group names that differ only in case for one, so they free each other as little as equal ones.
  ['rename', 'groups: { a: { was: «B» }, b: {} }\n', 'was: "B" is still declared as "b"'],
  ['rename', 'groups: { a: { was: c }, b: { was: «C» } }\n', '"C" is already renamed to "a"'],
  [
    'group-undeclared',
    'groups: { new: { was: old } }\npermission_sets: { A: {} }\nassignments: [{ groups: [«old»], permission_sets: [A], accounts: [management] }]\n',
    'group "old" is not declared under groups',
  ],
  // Permission sets
  [
    'duration',
    'permission_sets: { A: { session_duration: «12 hours» } }\n',
    'session_duration: "12 hours" is not a duration',
  ],
  ['duration', 'permission_sets: { A: { session_duration: «PT» } }\n', 'session_duration: "PT" is not a duration'],
  [
    'duration-range',
    'permission_sets: { A: { session_duration: «59m» } }\n',
    'session_duration: "59m" is shorter than 1h',
  ],
  [
    'duration-range',
    'permission_sets: { A: { session_duration: «PT12H1M» } }\n',
    'session_duration: "PT12H1M" is longer than 12h',
  ],
  [
    'email',
    'users: { t: { given_name: T, family_name: Y, email: «"hanako@example,com"» } }\n',
    'email: "hanako@example,com" is not an e-mail address',
  ],
  [
    'value-type',
    'permission_sets: { A: { session_duration: «8» } }\n',
    'session_duration: expected text, found the number 8',
  ],
  [
    'permission-set-name',
    'permission_sets: { «abcdefghijklmnopqrstuvwxyz-0123456»: {} }\n',
    '"abcdefghijklmnopqrstuvwxyz-0123456" is not a valid permission set name',
  ],
  [
    'latin-1',
    'permission_sets: { A: { description: «日本» } }\n',
    'description contains "日" (U+65E5), which AWS does not accept here',
  ],
  [
    'relay-state',
    'permission_sets: { A: { relay_state: «https://é» } }\n',
    'relay_state: "https://é" is not a valid relay state',
  ],
  [
    'list-length',
    `permission_sets: { A: { managed_policies: «[${policies(21)}]» } }\n`,
    'managed_policies has more than 20 entries',
  ],
  [
    'policy-count',
    `permission_sets:\n  A:\n    managed_policies: [${policies(20)}]\n    «customer_managed_policies»: [{ name: X }]\n`,
    'the set has 21 policies; at most 20 are allowed in total',
  ],
  [
    'list-duplicate',
    'permission_sets: { A: { managed_policies: [X, «"arn:aws:iam::aws:policy/X"»] } }\n',
    '"arn:aws:iam::aws:policy/X" and "X" are the same policy',
  ],
  [
    'list-duplicate',
    'permission_sets: { A: { customer_managed_policies: [{ name: B, path: /x/ }, «{ path: /x/, name: B }»] } }\n',
    '{"path":"/x/","name":"B"} is listed twice in customer_managed_policies',
  ],
  ['map-size', 'permission_sets: { A: { permissions_boundary: «{}» } }\n', 'permissions_boundary is empty'],
  [
    'map-size',
    'permission_sets: { A: { permissions_boundary: «{ managed_policy: X, customer_managed_policy: { name: Y } }» } }\n',
    'permissions_boundary has several keys; expected one of: managed_policy and customer_managed_policy',
  ],
  ['rename', 'permission_sets: { A: { was: «B» }, B: {} }\n', 'was: "B" is still declared'],
  ['rename', 'permission_sets: { A: { was: «A» } }\n', 'was is the current name of the set; expected an earlier one'],
  ['rename', 'permission_sets: { A: { was: C }, B: { was: «C» } }\n', '"C" is already renamed to "A"'],
  ['tag-key', 'permission_sets: { A: { tags: { «managed-by»: me } } }\n', '"managed-by" cannot be a tag key'],
  // Policies
  ['key-missing', policy('{ Version: "2012-10-17" }', true), 'inline_policy has no Statement'],
  ['key-unknown', policy('{ «Statment»: [], Version: "2012-10-17" }'), 'unknown key "Statment" in inline_policy'],
  [
    'policy',
    policy(statement('Effect: «allow», Action: "*", Resource: "*"')),
    'Effect: "allow" is neither Allow nor Deny',
  ],
  [
    'policy',
    policy(statement('Effect: Allow, «Actions»: "*", Action: "*", Resource: "*"')),
    '"Actions" is not allowed in a statement',
  ],
  [
    'policy',
    policy(statement('Effect: Allow, Action: "*", Resource: "*", «Principal»: "*"')),
    '"Principal" is not allowed in a statement',
  ],
  [
    'policy',
    policy(statement('Effect: Allow, Action: "*", «NotAction»: "*", Resource: "*"')),
    'a statement cannot have both Action and NotAction',
  ],
  [
    'policy',
    policy('{ Version: "2012-10-17", Statement: «{ Effect: Allow, Action: "*" }» }').replace(
      /(Statement): «(.*?)»/,
      '«$1»: $2',
    ),
    'the statement has neither Resource nor NotResource',
  ],
  [
    'latin-1',
    policy(statement('Effect: Allow, Action: "*", Resource: «"arn:aws:s3:::…"»')),
    'a policy cannot contain "…"; only Latin-1 characters are allowed',
  ],
  ['value-empty', policy(statement('Effect: Allow, Action: «~», Resource: "*"')), 'the value is empty'],
  [
    'policy-size',
    policy(statement(`Effect: Allow, Action: ["*:${'a'.repeat(10_238)}"], Resource: "*"`), true),
    'the inline policy has 10326 bytes without white space; at most 10240 are allowed',
  ],
  [
    'policy-size',
    policy(statement(`Effect: Allow, Action: ["*:${'é'.repeat(5_119)}"], Resource: "*"`), true),
    'the inline policy has 10326 bytes without white space; at most 10240 are allowed',
  ],
  [
    'policy-size',
    policy(statement(`Effect: Allow, Action: ["*:a${' '.repeat(32_766)}"], Resource: "*"`), true),
    'the inline policy has 32855 bytes; at most 32768 are allowed',
  ],
  ...['.inf', '.nan', '+12345678901234567890', '0xFFFFFFFFFFFFFFFF'].map(
    (number): Row => [
      'policy',
      policy(
        statement(`Effect: Deny, Action: "*", Resource: "*", Condition: { NumericEquals: { aws:x: «${number}» } }`),
      ),
      `${number} is not a valid JSON number`,
    ],
  ),
  // Assignments
  [
    'key-missing',
    'assignments:\n  - «permission_sets: [A]\n    accounts: [management]\npermission_sets: { A: {} }\n',
    'the rule names neither users nor groups',
  ],
  [
    'permission-set-undeclared',
    rule('permission_sets: [«Admn»], accounts: [management]'),
    'permission set "Admn" is not declared under permission_sets',
  ],
  [
    'group-undeclared',
    rule('permission_sets: [Admin], accounts: [management], groups: [«g»]'),
    'group "g" is not declared under groups',
  ],
  [
    'account-undeclared',
    rule('permission_sets: [Admin], accounts: [«prod»]'),
    'account "prod" is not a nickname under accounts',
  ],
  ['account-id', rule('permission_sets: [Admin], accounts: [«1234»]'), '"1234" has 4 digits; account ids have 12'],
  [
    'account-many',
    rule('permission_sets: [Admin], accounts: [management], except: [«all»]'),
    '"all" is not allowed here; expected one account',
  ],
  ['key-unknown', rule('permission_sets: [Admin], accounts: [{ «nam»: x }]'), 'unknown key "nam" in accounts[0]'],
  [
    'map-size',
    rule('permission_sets: [Admin], accounts: [«{ name: x, ou: y }»]'),
    'accounts[0] has several keys; expected one of: name and ou',
  ],
  [
    'value-type',
    rule('permission_sets: [Admin], accounts: [«[dev]»]'),
    'accounts[0]: expected text or a map, found a list',
  ],
  [
    'except-unmatched',
    rule('permission_sets: [Admin], accounts: [dev], except: [«management»]'),
    'except names "management", which accounts does not include',
  ],
  [
    'except-everything',
    rule('permission_sets: [Admin], accounts: [dev], «except»: ["444455556666"]'),
    'except leaves no account for the rule',
  ],
  [
    'until',
    rule('permission_sets: [Admin], accounts: [dev], until: «31.12.2026»'),
    'until: "31.12.2026" is not a valid until',
  ],
  [
    'date',
    rule('permission_sets: [Admin], accounts: [dev], until: «2026-02-30»'),
    'until: "2026-02-30" is not a valid date',
  ],
  [
    'date',
    rule('permission_sets: [Admin], accounts: [dev], until: «2026-02-20T25:00:00Z»'),
    'until: "2026-02-20T25:00:00Z" is not a valid date',
  ],
  // This machine
  [
    'profile-name',
    'local: { sso_session: s, profiles: { «my prof»: { account: management, permission_set: A } } }\n',
    '"my prof" is not a valid profile name',
  ],
  [
    'key-missing',
    '«local»: { profiles: { p: { account: management, permission_set: A } } }\n',
    'local has profiles but no sso_session',
  ],
  ['key-missing', 'local: { shell: { «aws_profile»: p } }\n', 'shell has aws_profile but no shells'],
  // Profiles that take a role through another, and whose profiles are generated
  [
    'key-missing',
    'local: { sso_session: s, «generate»: { lower_case: true } }\n',
    'generate has neither user nor from',
  ],
  [
    'keys-exclusive',
    'users: { t: { external: true } }\nlocal: { sso_session: s, generate: { user: t, «from»: portal } }\n',
    'generate has both user and from; expected one of them',
  ],
  [
    'choice',
    'users: {}\nlocal: { sso_session: s, generate: { from: «console» } }\n',
    'from: "console" is not one of portal',
  ],
  ['key-missing', 'local: { sso_session: s, profiles: { «p»: { account: management } } }\n', 'p has no permission_set'],
  ['key-missing', chained('«p»: { source: q }'), 'p has no role_arn'],
  ['key-missing', chained(`«p»: { role_arn: "${role}" }`), 'p has no source'],
  [
    'keys-exclusive',
    chained(`p: { source: q, role_arn: "${role}", «account»: management }`),
    'profile "p" has both account and source',
  ],
  ['key-missing', profile('«external_id»: abc'), 'profile "p" has external_id but assumes no role'],
  ['key-missing', profile('«duration»: 1h'), 'profile "p" has duration but assumes no role'],
  ['source-circle', chained(`p: { source: «p», role_arn: "${role}" }`), 'profile "p" names itself as its source'],
  [
    'role-arn',
    chained('p: { source: q, role_arn: «"arn:aws:iam::444455556666:user/x"» }'),
    'role_arn: "arn:aws:iam::444455556666:user/x" is not a valid role ARN',
  ],
  [
    'role-arn',
    chained('p: { source: q, role_arn: «"arn:aws:iam::44445555666:role/x"» }'),
    'role_arn: "arn:aws:iam::44445555666:role/x" is not a valid role ARN',
  ],
  [
    'role-reserved',
    chained(
      'p: { source: q, role_arn: «"arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1"» }',
    ),
    'role_arn: "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.… is the role of a permission set, which can only be used by signing in',
  ],
  [
    'role-partition',
    chained('p: { source: q, role_arn: «"arn:aws-us-gov:iam::444455556666:role/x"» }'),
    'role_arn: "arn:aws-us-gov:iam::444455556666:role/x" is in partition aws-us-gov, and eu-west-1 is in aws',
  ],
  [
    'role-session-duration',
    chained(`p: { source: q, role_arn: "${role}", duration: «2h» }`),
    'duration: "2h" is not a valid role session duration',
  ],
  [
    'external-id',
    chained(`p: { source: q, role_arn: "${role}", external_id: «"a b"» }`),
    'external_id: "a b" is not a valid external id',
  ],
  [
    'account-undeclared',
    'local: { sso_session: s, profiles: { p: { account: «dev», permission_set: A } } }\n',
    'account "dev" is not a nickname under accounts',
  ],
  [
    'setting-key',
    profile('settings: { «aws_secret_access_key»: x }'),
    'aws_secret_access_key cannot be set under settings: it determines the identity of the profile',
  ],
  [
    'setting',
    profile('settings: { cli_pager: «"less # x"» }'),
    'cli_pager: "less # x" has a # or ; that some AWS tools read as a comment',
  ],
  ['setting', profile('settings: { s3: { a: «"1\\n[profile x]"» } }'), 'a: "1\\n[profile x]" has a line break'],
  [
    'profile-name',
    'local: { sso_session: s, profiles: { «-x»: { account: management, permission_set: A } } }\n',
    '"-x" is not a valid profile name',
  ],
  [
    'profile-name',
    'local: { sso_session: s, profiles: { «--profile»: { account: management, permission_set: A } } }\n',
    '"--profile" is not a valid profile name',
  ],
  ['profile-name', 'local: { sso_session: «-s» }\n', '"-s" is not a valid profile name'],
  [
    'profile-name',
    'local: { sso_session: s, profiles: { p: { source: «-q», role_arn: "arn:aws:iam::444455556666:role/x" } } }\n',
    '"-q" is not a valid profile name',
  ],
  [
    'name-template',
    'local: { sso_session: s, generate: { user: t, name: «"-{account}"» } }\n',
    'name: "-{account}" is not a valid template for profile names',
  ],
  [
    'name-template',
    'local: { sso_session: s, generate: { user: t, name: «"{acount}"» } }\n',
    'name: "{acount}" is not a valid template for profile names',
  ],
  // Checklist, revoked, absent, ignore
  ['checklist-state', 'checklist: { mfa_policy: «done» }\n', 'mfa_policy: "done" is not a valid checklist state'],
  [
    'user-undeclared',
    'users: {}\nchecklist: { activated: { «taro»: todo } }\n',
    'user "taro" is not declared under users',
  ],
  ['revocation', 'revoked: { jiro: «yesterday» }\n', 'jiro: "yesterday" is not a valid revocation'],
  [
    'date',
    'revoked: { jiro: { since: «2026-02-30T10:00:00Z» } }\n',
    'since: "2026-02-30T10:00:00Z" is not a valid date',
  ],
  [
    'date',
    'revoked: { jiro: { sessions: «2026-02-30T10:00:00Z» } }\n',
    'sessions: "2026-02-30T10:00:00Z" is not a valid date',
  ],
  ['map-size', 'revoked: { jiro: «{}» }\n', 'jiro is empty'],
  [
    'keys-exclusive',
    'revoked: { jiro: { since: 2026-11-22T10:00:00Z, «sessions»: 2026-11-22T10:00:00Z } }\n',
    'jiro has both since and sessions; expected one of them',
  ],
  ['key-missing', 'revoked: { jiro: { «taken»: [membership/devs:jiro] } }\n', 'jiro has taken but no since'],
  [
    'key-missing',
    'revoked: { jiro: { sessions: 2026-11-22T10:00:00Z, «taken»: [membership/devs:jiro] } }\n',
    'jiro has taken but no since',
  ],
  ...[
    ['membership/devs:ann', 'ann'],
    ['membership/jiro:ann', 'ann'],
    ['membership/devs:jir%6F%20x', 'jiro x'],
    ['assignment/Admin:user:ann@111122223333', 'ann'],
    ['membership/devs:100%', '100%'],
  ].map(
    ([address, holder]): Row => [
      'revocation',
      `revoked: { jiro: { since: 2026-11-22T10:00:00Z, taken: [membership/devs:jiro, «"${address}"»] } }\n`,
      `"${address}" is a grant of "${holder}", not of "jiro"`,
    ],
  ),
  ...['assignment/Admin:group:jiro@111122223333', 'user/jiro', 'jiro'].map(
    (text): Row => [
      'address-of-a-grant',
      `revoked: { jiro: { since: 2026-11-22T10:00:00Z, taken: [«"${text}"»] } }\n`,
      `taken[0]: "${text}" is not a valid address of a grant`,
    ],
  ),
  ['conflict', 'users: { a: { external: true } }\nabsent: { users: [«a»] }\n', '"a" is both declared and absent'],
  [
    'conflict',
    'permission_sets: { A: { was: B } }\nabsent: { permission_sets: [«B»] }\n',
    '"B" is renamed to "A", which deletes it already',
  ],
  [
    'conflict',
    'permission_sets: { AWSX: {} }\nignore: { permission_sets: [«AWS*»] }\n',
    '"AWSX" is both declared and ignored',
  ],
  [
    'conflict',
    'groups: { new: { was: old } }\nabsent: { groups: [«old»] }\n',
    '"old" is renamed to "new", so "old" will no longer exist',
  ],
  [
    'conflict',
    'groups: { new: { was: AWSOld } }\nignore: { groups: [«AWS*»] }\n',
    '"AWSOld" is both ignored and renamed to "new"',
  ],
  [
    'conflict',
    'permission_sets: { New: { was: Old } }\nignore: { permission_sets: [«Old»] }\n',
    '"Old" is both ignored and renamed to "New"',
  ],
  ['conflict', 'absent: { groups: [old] }\nignore: { groups: [«o*d»] }\n', '"old" is both absent and ignored'],
  [
    'conflict',
    `${rule('permission_sets: [Admin], accounts: [dev]')}ignore: { assignments: [«{ user: taro }»] }\n`,
    'the entry ignores an assignment that rule 1 of assignments declares',
  ],
]

function policies(count: number): string {
  return Array.from({ length: count }, (_, index) => `P${index}`).join(', ')
}

function policy(text: string, atKey = false): string {
  const key = atKey ? '«inline_policy»' : 'inline_policy'
  return `permission_sets: { A: { ${key}: ${text} } }\n`
}

function statement(text: string): string {
  return `{ Version: "2012-10-17", Statement: [{ ${text} }] }`
}

/** One rule for the user taro, with the set Admin and the account dev declared. */
function rule(text: string): string {
  const declared =
    'accounts: { dev: "444455556666" }\nusers: { taro: { external: true } }\npermission_sets: { Admin: {} }\n'
  return `${declared}assignments:\n  - { users: [taro], ${text} }\n`
}

function profile(text: string): string {
  return `local: { sso_session: s, profiles: { p: { account: management, permission_set: A, ${text} } } }\n`
}

/** A profile p beside a profile q that signs in. */
function chained(text: string): string {
  return `local: { sso_session: s, profiles: { q: { account: management, permission_set: A }, ${text} } }\n`
}
