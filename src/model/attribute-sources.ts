/**
 * Where AWS documents that the value of a session tag may come from, and in which attribute of a manifest it is. Sources:
 * UG/attributemappingsconcept (identity providers and Active Directory) and the SCIM attributes of users in the Identity Store.
 */

/** Attributes in the enterprise extension. */
const enterprise: Readonly<Record<string, string>> = {
  'enterprise.employeeNumber': 'employee_number',
  'enterprise.costCenter': 'cost_center',
  'enterprise.organization': 'organization',
  'enterprise.division': 'division',
  'enterprise.department': 'department',
  'enterprise.manager.value': 'manager',
}

/** Attributes by what stands behind `path:` in a source. Source: UG/attributemappingsconcept. */
const byPath: Readonly<Record<string, string>> = {
  'name.formatted': 'formatted',
  'name.familyName': 'family_name',
  'name.givenName': 'given_name',
  'name.middleName': 'middle_name',
  'name.honorificPrefix': 'honorific_prefix',
  'name.honorificSuffix': 'honorific_suffix',
  displayName: 'display_name',
  nickName: 'nick_name',
  profileUrl: 'profile_url',
  userType: 'user_type',
  title: 'title',
  preferredLanguage: 'preferred_language',
  locale: 'locale',
  timezone: 'timezone',
  'emails[primary eq true].value': 'email',
  'phoneNumbers[type eq "work"].value': 'phone',
  'addresses[type eq "work"].streetAddress': 'address.street',
  'addresses[type eq "work"].locality': 'address.locality',
  'addresses[type eq "work"].region': 'address.region',
  'addresses[type eq "work"].postalCode': 'address.postal_code',
  'addresses[type eq "work"].country': 'address.country',
  ...enterprise,
}

/** The same for what stands behind `user:`. */
const byUser: Readonly<Record<string, string>> = {
  email: 'email',
  familyName: 'family_name',
  givenName: 'given_name',
  middleName: 'middle_name',
}

/** Documented as well, though no attribute of a manifest holds them. */
const elsewhere: Readonly<Record<'path' | 'user', readonly string[]>> = {
  path: ['userName', 'addresses[type eq "work"].formatted'],
  user: ['AD_GUID', 'AD_SID', 'name', 'preferredUsername', 'subject'],
}

/** The source that is the user name, which everybody has. */
export const userNameSource = sourceOf('path', 'userName')

/** Attributes of a manifest that are in the enterprise extension, which are only known where they were asked for. */
export const enterpriseAttributes: ReadonlySet<string> = new Set(Object.values(enterprise))

/** The attribute that a source takes its value from, as a manifest spells it; undefined where no attribute of a manifest holds it. */
export function attributeBehind(given: string): string | undefined {
  const [, table = '', path = ''] = /^\$\{(path|user):(.+)\}$/.exec(given) ?? []
  const known = table === 'user' ? byUser : byPath
  return Object.hasOwn(known, path) ? known[path] : undefined
}

/** What AWS documents behind each of the two words that sources begin with. */
export const documentedNames: Readonly<Record<'path' | 'user', readonly string[]>> = {
  path: [...elsewhere.path, ...Object.keys(byPath)],
  user: [...elsewhere.user, ...Object.keys(byUser)],
}

const documented: ReadonlySet<string> = new Set([
  ...documentedNames.path.map((name) => sourceOf('path', name)),
  ...documentedNames.user.map((name) => sourceOf('user', name)),
])

/** True for a source that AWS documents; of any other nobody knows whether sessions get a value from it. */
export function isDocumentedSource(given: string): boolean {
  return documented.has(given)
}

/** A source as AWS writes it: `${path:title}`. */
export function sourceOf(table: 'path' | 'user', name: string): string {
  return `\${${table}:${name}}`
}
