import { error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { WriteContext } from '../contexts.ts'

/** An application as a change names it. */
interface Named {
  readonly arn: string
  /** What addresses and the manifest call it. */
  readonly called: string
}

/** Makes a change about an application. Where AWS finds something missing that was there, it says so if that is the application. */
export async function unlessGone<T>(change: () => Promise<T>, one: Named, context: WriteContext): Promise<T> {
  try {
    return await change()
  } catch (thrown) {
    if (refusedWith(thrown, 'aws-not-found') && (await isGone(one, context))) throw gone(one)
    throw thrown
  }
}

/** What could not be listed is not known to be gone. */
async function isGone({ arn }: Named, { writer, facts }: WriteContext): Promise<boolean> {
  try {
    const rows = await writer.list('ListApplications', { InstanceArn: facts.instance.arn })
    return rows.every(({ ApplicationArn }) => ApplicationArn !== arn)
  } catch {
    return false
  }
}

function gone({ called }: Named): Refusal {
  return new Refusal(
    error('application-gone', `application ${called} was deleted after the plan was made`, {
      hint: `if that was meant, remove ${called} from applications in the manifest; otherwise create it again where applications are set up, in the console or by the service it belongs to, and run plan again`,
    }),
  )
}
