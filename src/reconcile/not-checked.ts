import type { Reader } from '../aws/port.ts'
import { Refusal } from '../model/diagnostic.ts'
import type { NotChecked } from '../report/access/words.ts'

/** What a report about access did not look at, counted where an API gives a number. */
export async function notCheckedBy(reader: Reader, InstanceArn: string): Promise<NotChecked> {
  return { applications: await applicationsOf(reader, InstanceArn) }
}

// Whoever may read assignments need not be allowed this, and older servers do not know it: the report is as good without.
async function applicationsOf(reader: Reader, InstanceArn: string): Promise<number | undefined> {
  try {
    return (await reader.list('ListApplications', { InstanceArn }, { goodToHave: true })).length
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}
