// Asks the AWS SDK for JavaScript who it is in each situation of the input; the files of each have names of their own, for it caches them.
import { text } from 'node:stream/consumers'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'

process.env.HOME = process.env.TEST_HOME
const clean = { ...process.env }

async function who({ config, credentials, env, profile }) {
  for (const name of Object.keys(process.env)) if (!(name in clean)) delete process.env[name]
  Object.assign(process.env, env, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials })
  try {
    const provider = fromNodeProviderChain({ ...(profile ? { profile } : {}), maxRetries: 0, clientConfig: {} })
    return (await provider()).accessKeyId
  } catch (error) {
    return `nobody: ${error.name}: ${error.message}`
  }
}

console.warn = () => {}
const answers = []
for (const situation of JSON.parse(await text(process.stdin))) answers.push(await who(situation))
process.stdout.write(JSON.stringify(answers))
