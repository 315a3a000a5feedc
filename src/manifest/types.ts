/** The manifest's types; they follow schema/sso.schema.json, from which they are generated. */
export type {
  Absent,
  AccountReference,
  AccountSelector,
  Application,
  AssignmentRule,
  Generate,
  IdentityCenter,
  IgnoredAssignment,
  Manifest,
  PermissionSet,
  Profile,
  Revocation,
} from '../generated/manifest.ts'
