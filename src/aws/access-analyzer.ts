// Loaded by the first request that needs it: few runs ask Access Analyzer anything.
export { AccessAnalyzerClient, ValidatePolicyCommand } from '@aws-sdk/client-accessanalyzer'
