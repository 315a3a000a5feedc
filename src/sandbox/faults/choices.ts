import type { Json } from '../../model/json.ts'

/**
 * How AWS behaves where no source says so: both possibilities can be had, so that a client can be tried with either. Without a wish
 * it is the stricter one, or the one that more reports tell of.
 */
export interface Choices {
  /** Provisioning everywhere goes on behind an account where it fails; else it stops there, in the order of account ids. */
  readonly provisionPastFailure: boolean
  /** What assignments and roles in accounts that are not active do to DeletePermissionSet: stand in its way, or go along. */
  readonly deleteSetInClosedAccounts: 'conflict' | 'allow'
  /** What becomes of a request for an account where another one is in progress; `fail` accepts it and ends it FAILED. */
  readonly secondOperationInAccount: 'allowed' | 'conflict' | 'fail'
  /** Whether names and e-mail addresses that differ in case only are the same where they have to be unique. */
  readonly caseInNames: 'folded' | 'exact'
  /** Whether descriptions keep white space at both ends. */
  readonly descriptions: 'kept' | 'trimmed'
  /** Whether texts of users, in their extensions too, keep white space at both ends. */
  readonly userTexts: 'kept' | 'trimmed'
  /** ListAccountAssignmentsForPrincipal called by the delegated administrator. */
  readonly principalListByDelegate: 'denied' | 'allowed'
  /** Deletion of an assignment whose user or group is gone. */
  readonly orphanDeletion: 'done' | 'fails'
  /** Whether attributes for access control are there at once after their creation, or as late as requests end. */
  readonly accessControlCreation: 'done' | 'in-progress'
  /** Whether keys of attributes for access control that differ in case only are the same key, given twice. */
  readonly caseInAttributeKeys: 'folded' | 'exact'
  /** What the source of an attribute for access control may be: placeholders such as `${path:userName}` alone, or any text. */
  readonly attributeSources: 'placeholders' | 'any'
  /** CreateTrustedTokenIssuer and UpdateTrustedTokenIssuer with a name that another one has. */
  readonly sameIssuerName: 'conflict' | 'allowed'
  /** What lists of applications give a delegated administrator, which is a member account: all, or nothing without a filter. */
  readonly applicationListsByDelegate: 'all' | 'filtered'
  /** ListApplicationAssignmentsForPrincipal for a user: what the user's groups hold is not told, or mixed in as for accounts. */
  readonly applicationsOfGroups: 'apart' | 'mixed'
  /** CreateApplicationAssignment for what is assigned already. */
  readonly sameApplicationAssignment: 'conflict' | 'done'
  /** What becomes of the assignments to applications of a user or group that is deleted. */
  readonly applicationsOfDeleted: 'stay' | 'go'
  /** AddRegion while another Region is being added or removed. */
  readonly regionsAtOnce: 'one' | 'several'
  /** Whether AddRegion asks for a multi-Region customer managed key; AWS does. */
  readonly regionPrerequisites: 'ignored' | 'enforced'
  /**
   * Extensions of users: taken and shown to those who ask; passed over, as by a server that has not heard of them; or refused wherever a
   * request names one.
   */
  readonly extensions: 'known' | 'ignored' | 'refused'
}

/** What holds where nothing else is wished for. */
export const byDefault: Choices = {
  provisionPastFailure: true,
  deleteSetInClosedAccounts: 'conflict',
  secondOperationInAccount: 'allowed',
  caseInNames: 'folded',
  descriptions: 'kept',
  userTexts: 'kept',
  principalListByDelegate: 'denied',
  orphanDeletion: 'done',
  accessControlCreation: 'done',
  caseInAttributeKeys: 'folded',
  attributeSources: 'placeholders',
  sameIssuerName: 'conflict',
  applicationListsByDelegate: 'all',
  applicationsOfGroups: 'apart',
  sameApplicationAssignment: 'conflict',
  applicationsOfDeleted: 'stay',
  regionsAtOnce: 'one',
  regionPrerequisites: 'ignored',
  extensions: 'known',
}

const values: { readonly [N in keyof Choices]: readonly Choices[N][] } = {
  provisionPastFailure: [true, false],
  deleteSetInClosedAccounts: ['conflict', 'allow'],
  secondOperationInAccount: ['allowed', 'conflict', 'fail'],
  caseInNames: ['folded', 'exact'],
  descriptions: ['kept', 'trimmed'],
  userTexts: ['kept', 'trimmed'],
  principalListByDelegate: ['denied', 'allowed'],
  orphanDeletion: ['done', 'fails'],
  accessControlCreation: ['done', 'in-progress'],
  caseInAttributeKeys: ['folded', 'exact'],
  attributeSources: ['placeholders', 'any'],
  sameIssuerName: ['conflict', 'allowed'],
  applicationListsByDelegate: ['all', 'filtered'],
  applicationsOfGroups: ['apart', 'mixed'],
  sameApplicationAssignment: ['conflict', 'done'],
  applicationsOfDeleted: ['stay', 'go'],
  regionsAtOnce: ['one', 'several'],
  regionPrerequisites: ['ignored', 'enforced'],
  extensions: ['known', 'ignored', 'refused'],
}

/** Tells for each choice, by name, whether a value is one that it can have. */
export const choiceTests: Readonly<Record<string, (value: Json) => boolean>> = Object.fromEntries(
  Object.entries<readonly Json[]>(values).map(([name, known]) => [name, (value: Json) => known.includes(value)]),
)
