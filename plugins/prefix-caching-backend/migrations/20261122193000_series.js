/*
 * Copyright 2026 The Prefix Caching Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('series_windows', table => {
    table.comment(
      'What counters did between two samples, and gauges at the second, of a target as a whole and of each of its replicas',
    );
    table
      .string('target_id', 64)
      .notNullable()
      .comment('The opaque id of the target');
    table
      .string('grain', 8)
      .notNullable()
      .comment('run: one window; hour: the windows that ended in one hour');
    table
      .bigInteger('ended_at')
      .notNullable()
      .comment('End of the window, in milliseconds since 1970');
    table
      .string('pod', 253)
      .notNullable()
      .comment('Pod name; empty for the target as a whole');
    table
      .bigInteger('started_at')
      .notNullable()
      .comment('Start of the window, in milliseconds since 1970');
    for (const [column, comment] of [
      ['query_tokens', 'Prompt tokens looked up in the prefix cache'],
      ['hit_tokens', 'Prompt tokens found in the prefix cache'],
      ['external_query_tokens', 'Prompt tokens looked up outside the engine'],
      ['external_hit_tokens', 'Prompt tokens found outside the engine'],
      ['predicted_count', 'Requests whose prefix the picker looked up'],
      ['predicted_sum', 'Sum of the ratios the picker predicted for them'],
      ['requests', 'Requests'],
      ['request_seconds', 'Seconds in which those requests were counted'],
      ['errors', 'Failed requests'],
      ['error_seconds', 'Seconds in which those errors were counted'],
      ['picks', 'Successful picks'],
      ['waiting', 'Waiting requests'],
      ['running', 'Running requests'],
      ['kv_usage', 'KV cache in use, 0 to 1'],
      ['ready_endpoints', 'Endpoints the picker knows fresh metrics of'],
      ['index_size', "Block hashes in the picker's index"],
    ]) {
      table.double(column).nullable().comment(comment);
    }
    table
      .text('first_token')
      .nullable()
      .comment('Times to first token of the window, a histogram as JSON');
    table
      .text('scheduling')
      .nullable()
      .comment(
        "The picker's decision times of the window, a histogram as JSON",
      );
    table.primary(['target_id', 'grain', 'ended_at', 'pod']);
    table.index(['grain', 'ended_at'], 'series_windows_age_idx');
  });

  await knex.schema.createTable('series_marks', table => {
    table.comment('What series are compared with to notice an event');
    table
      .string('target_id', 64)
      .notNullable()
      .primary()
      .comment('The opaque id of the target');
    table
      .bigInteger('seen_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.integer('ready_replicas').nullable().comment('Ready engine pods');
    table.string('router_pod', 253).nullable().comment("The picker's pod");
  });

  await knex.schema.createTable('series_events', table => {
    table.comment('What happened to a target beside changes of verdicts');
    table.bigIncrements('id').comment('In the order of writing');
    table
      .string('target_id', 64)
      .notNullable()
      .comment('The opaque id of the target');
    table
      .bigInteger('happened_at')
      .notNullable()
      .comment('Milliseconds since 1970');
    table.string('kind', 32).notNullable().comment('router-restart or scale');
    table.text('summary').notNullable().comment('One sentence');
    table.index(['target_id', 'happened_at'], 'series_events_target_idx');
    table.index(['happened_at'], 'series_events_age_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('series_events');
  await knex.schema.dropTable('series_marks');
  await knex.schema.dropTable('series_windows');
};
