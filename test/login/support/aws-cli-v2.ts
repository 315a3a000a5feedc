import { spawnSync } from 'node:child_process'

/** An AWS CLI v2: the one that SSO_RECONCILE_AWS_CLI_V2 names, else the one on PATH. */
export const awsCliV2 = process.env.SSO_RECONCILE_AWS_CLI_V2 ?? 'aws'

const { stdout = '' } = spawnSync(awsCliV2, ['--version'], { encoding: 'utf8' })
const [version, minor] = /^aws-cli\/2\.(\d+)\.\d+/.exec(stdout ?? '') ?? []

/** Why there is none with the login in the browser; undefined when there is. */
export const noAwsCliV2: string | undefined =
  Number(minor ?? 0) >= 22
    ? undefined
    : `skipped: it needs an AWS CLI of 2.22 or later (here: ${version ?? 'none of version 2'}); docs/testing-with-the-aws-cli.md says how to get one`

if (noAwsCliV2) process.stderr.write(`${noAwsCliV2}\n`)
