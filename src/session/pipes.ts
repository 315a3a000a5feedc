import { awsConfigPath, credentialsPath, type Environment } from '../local/aws-config/paths.ts'
import { mayHoldUp, readTextFile } from '../local/files/file.ts'
import { Refusal } from '../model/diagnostic.ts'

/**
 * Throws a Refusal where the AWS config or the credentials file is a named pipe or the like. The SDK would wait for somebody to write
 * to it, and so would the end of the process. Whatever else is wrong with the two is for those to say who need them.
 */
export async function refusePipes(env: Environment, home: string): Promise<void> {
  for (const place of [awsConfigPath, credentialsPath]) {
    const path = pathOf(() => place(env, home))
    // Reading says what it is, and waits for nothing.
    if (path !== undefined && (await mayHoldUp(path))) await readTextFile(path)
  }
}

function pathOf(place: () => string): string | undefined {
  try {
    return place()
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}
