import { answered } from '../../model/answer.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { ReadContext } from '../contexts.ts'
import { markIn, userTags } from '../shared/tags.ts'

/** A live permission set as two calls show it: enough to tell whose it is. */
export interface LiveSet {
  readonly arn: string
  readonly name: string
  readonly description: string
  /** ISO 8601, as AWS keeps it. */
  readonly duration: string
  readonly relayState: string
  readonly mark: string | undefined
  readonly tags: Readonly<Record<string, string>>
}

/** All live permission sets. */
export async function liveSets({ reader, facts, scope }: ReadContext): Promise<readonly LiveSet[]> {
  return describedSets(reader, facts.instance.arn, scope)
}

/** The permission sets of an instance, of which nothing else has to be known. Source: ListPermissionSets gives ARNs only, so each is described. */
export async function describedSets(
  reader: ReadContext['reader'],
  InstanceArn: string,
  { marks }: Pick<ReadContext['scope'], 'marks'>,
): Promise<readonly LiveSet[]> {
  const arns = await reader.list('ListPermissionSets', { InstanceArn })
  const sets = await Promise.all(
    arns.map(async (PermissionSetArn) => {
      const [{ PermissionSet: set }, tags] = await Promise.all([
        reader.get('DescribePermissionSet', { InstanceArn, PermissionSetArn }),
        marks ? reader.list('ListTagsForResource', { InstanceArn, ResourceArn: PermissionSetArn }) : [],
      ])
      return {
        arn: PermissionSetArn,
        name: answered(set?.Name, 'sso:DescribePermissionSet', 'a name'),
        // A blank is what a cleared description leaves behind.
        description: set?.Description?.trim() ? set.Description : '',
        duration: String(set?.SessionDuration ?? 'PT1H'),
        relayState: set?.RelayState ?? '',
        mark: markIn(tags),
        tags: userTags(tags),
      }
    }),
  )
  return withoutTwins(sets)
}

// A set is known by its name; with two of one name nobody could say which is meant.
function withoutTwins(sets: readonly LiveSet[]): readonly LiveSet[] {
  const names = sets.map(({ name }) => name)
  const twin = names.find((name, index) => names.indexOf(name) !== index)
  if (twin === undefined) return sets
  throw new Refusal(
    error('aws-error', `Identity Center lists two permission sets named ${twin}`, {
      hint: 'names are unique in AWS: run this again',
    }),
  )
}
