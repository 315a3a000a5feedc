/** What AWS's managed policies say: the newest document of each. */
import { managedPolicies } from './iam-data.mjs'

/** A policy a line: its name with its path, and its document as JSON. A program finds the line of one without reading the others. */
export async function policyDocuments() {
  const lines = (await managedPolicies()).map(
    ({ name, latestVersionId, versions }) => `${name} ${JSON.stringify(versions[latestVersionId].document)}`,
  )
  return lines.sort().join('\n')
}
