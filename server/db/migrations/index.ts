/** Every migration, in order. Listed by hand, so that a bundled server carries them too. */
import type { Knex } from 'knex'
import * as createProductTables from './20261124090000_create_product_tables.ts'
import * as createEngineTables from './20261124091000_create_engine_tables.ts'
import * as addCallsToEngineElements from './20261124104000_add_calls_to_engine_elements.ts'
import * as partitionEngineHistoryByMonth from './20261124121000_partition_engine_history_by_month.ts'
import * as addSignalsToEngine from './20261124121100_add_signals_to_engine.ts'
import * as addReadingIndexesToEngine from './20261124121500_add_reading_indexes_to_engine.ts'
import * as addStartTimersToEngine from './20261124122000_add_start_timers_to_engine.ts'
import * as addDeletionToEngine from './20261124122300_add_deletion_to_engine.ts'
import * as addIndexOnStalledOutbox from './20261124123000_add_index_on_stalled_outbox.ts'
import * as createEngineDecisions from './20261124124200_create_engine_decisions.ts'
import * as addDeviceToSessions from './20261124130500_add_device_to_sessions.ts'
import * as addReadsToAudit from './20261124130600_add_reads_to_audit.ts'
import * as addSignaturesToDocumentVersions from './20261124130700_add_signatures_to_document_versions.ts'
import * as addOwnEmblemToTenants from './20261124130800_add_own_emblem_to_tenants.ts'
import * as createRegistrations from './20261124140100_create_registrations.ts'
import * as addSearchAndMergesToPeople from './20261124140200_add_search_and_merges_to_people.ts'
import * as addTermsToMandates from './20261124140300_add_terms_to_mandates.ts'
import * as createTrainingFills from './20261124140400_create_training_fills.ts'
import * as findSessionInOneStatement from './20261124140500_find_session_in_one_statement.ts'
import * as keepPausesAndExtensionsOfTerms from './20261124140600_keep_pauses_and_extensions_of_terms.ts'
import * as addChannelsToMessages from './20261124140700_add_channels_to_messages.ts'
import * as addReceiptsToPayments from './20261124140800_add_receipts_to_payments.ts'
import * as addIndexOnTextMessages from './20261124140900_add_index_on_text_messages.ts'

export const migrations: Record<string, Knex.Migration> = {
  '20261124090000_create_product_tables': createProductTables,
  '20261124091000_create_engine_tables': createEngineTables,
  '20261124104000_add_calls_to_engine_elements': addCallsToEngineElements,
  '20261124121000_partition_engine_history_by_month': partitionEngineHistoryByMonth,
  '20261124121100_add_signals_to_engine': addSignalsToEngine,
  '20261124121500_add_reading_indexes_to_engine': addReadingIndexesToEngine,
  '20261124122000_add_start_timers_to_engine': addStartTimersToEngine,
  '20261124122300_add_deletion_to_engine': addDeletionToEngine,
  '20261124123000_add_index_on_stalled_outbox': addIndexOnStalledOutbox,
  '20261124124200_create_engine_decisions': createEngineDecisions,
  '20261124130500_add_device_to_sessions': addDeviceToSessions,
  '20261124130600_add_reads_to_audit': addReadsToAudit,
  '20261124130700_add_signatures_to_document_versions': addSignaturesToDocumentVersions,
  '20261124130800_add_own_emblem_to_tenants': addOwnEmblemToTenants,
  '20261124140100_create_registrations': createRegistrations,
  '20261124140200_add_search_and_merges_to_people': addSearchAndMergesToPeople,
  '20261124140300_add_terms_to_mandates': addTermsToMandates,
  '20261124140400_create_training_fills': createTrainingFills,
  '20261124140500_find_session_in_one_statement': findSessionInOneStatement,
  '20261124140600_keep_pauses_and_extensions_of_terms': keepPausesAndExtensionsOfTerms,
  '20261124140700_add_channels_to_messages': addChannelsToMessages,
  '20261124140800_add_receipts_to_payments': addReceiptsToPayments,
  '20261124140900_add_index_on_text_messages': addIndexOnTextMessages,
}
