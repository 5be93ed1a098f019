// Generated from the OpenAPI document of the engine; CONTRIBUTING.md says how. Do not edit.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the engine is */
        get: operations["Service_getHealth[0]"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the engine is */
        get: operations["Service_getHealth[1]"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["Service_getLivez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests may come */
        get: operations["Service_getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["Service_getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List locks, oldest first */
        get: operations["Lock_list"];
        put?: never;
        /** Claim a resource */
        post: operations["Lock_claim"];
        /** Release all locks of a session */
        delete: operations["Lock_releaseAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim several resources, all or none */
        post: operations["Lock_claimBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check that a session still holds a resource under a fence */
        post: operations["Lock_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who waits for what, in order
         * @description A claim of several resources has an entry for each, with one `request_id`.
         */
        get: operations["Lock_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a lock */
        get: operations["Lock_find"];
        put?: never;
        post?: never;
        /** Release a lock; once it has ended, that changes nothing */
        delete: operations["Lock_release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Explain what led to the state of a lock */
        get: operations["Lock_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Renew a lock: its time counts from now */
        post: operations["Lock_renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/locks/{id}/break": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Break a lock: a person's override, on record */
        post: operations["Lock_break"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List components, latest change first */
        get: operations["Component_list"];
        /** Say what state a component is in */
        put: operations["Component_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/components/{project_key}/{component}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a component */
        get: operations["Component_find"];
        /** Say what state a component is in */
        put: operations["Component_updateByPath"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/components/{project_key}/{component}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every state that a component had, oldest first */
        get: operations["Component_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workflows, oldest first */
        get: operations["Workflow_list"];
        put?: never;
        /** Begin a workflow */
        post: operations["Workflow_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/workflows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a workflow with its work items */
        get: operations["Workflow_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a workflow; what is left out stays as it is */
        patch: operations["Workflow_change"];
        trace?: never;
    };
    "/api/coord/work-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List work items, higher priority first, then older first */
        get: operations["WorkItem_list"];
        put?: never;
        /** Add a work item to a workflow */
        post: operations["WorkItem_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/work-items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a work item */
        get: operations["WorkItem_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a work item; what is left out stays as it is */
        patch: operations["WorkItem_change"];
        trace?: never;
    };
    "/api/coord/work-items/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim the best work item that is ready and that nobody has
         * @description Items of a workflow that is completed or cancelled are passed over.
         */
        post: operations["WorkItem_claimNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/work-items/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim this work item */
        post: operations["WorkItem_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/work-items/{id}/handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a work item off to another session, which gets a message */
        post: operations["WorkItem_handOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List messages, oldest first, or search them; with to_session, an inbox */
        get: operations["Message_list"];
        put?: never;
        /**
         * Send a message to a session, or to all
         * @description A message file of the coordinator protocol (`id`, `from`, `to`, `timestamp`, `type`, `content`, …) is taken as it is, too: see `/schemas/coordination-message-v1.0.schema.json`.
         */
        post: operations["Message_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/unanswered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List questions and blockers without a response, and acknowledgements owed */
        get: operations["Message_unanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a message, and at what everyone did with it */
        get: operations["Message_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/{id}/thread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the thread of a message, oldest first */
        get: operations["Message_thread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark several messages read */
        put: operations["Message_readMany"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a message read */
        put: operations["Message_read"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/messages/{id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Acknowledge a message, which also reads it */
        put: operations["Message_acknowledge"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/todos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List todos, oldest first; without a status, those that are open */
        get: operations["Todo_list"];
        put?: never;
        /** Add a todo */
        post: operations["Todo_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/todos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a todo */
        get: operations["Todo_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a todo; what is left out stays as it is */
        patch: operations["Todo_change"];
        trace?: never;
    };
    "/api/coord/todos/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that a todo is done; done twice, it is the first who has done it */
        put: operations["Todo_complete"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/todos/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take back that a todo is done */
        put: operations["Todo_reopen"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what is going on */
        get: operations["Status_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/status.md": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what is going on, as a page for people */
        get: operations["Status_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened, oldest first */
        get: operations["History_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/history/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take the whole log along
         * @description A line for each event, oldest first, with all that `POST /admin/import` needs. It ends where the log ended when it began: at `Coord-Position`. An export that can not go on breaks the connection.
         */
        get: operations["History_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens, as server-sent events
         * @description Begins now, or after `Last-Event-ID`. The `id` of an event is its position, its `data` the event as `/history` has it. Every 15 s comes a comment line, with the position up to which nothing was left out. Come back with the last id, to any instance, and nothing is lost or doubled.
         */
        get: operations["EventStream_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what changed between two times or positions */
        get: operations["Diff_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/admin/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill an empty log with an export
         * @description All events or none: a line that can not be taken is named, and nothing of the others stays. While it goes on, writes wait or are answered with 503. Read models follow when it is done; until then reads may be answered with 503 `read-model-behind`.
         */
        post: operations["Import_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects with counts and last activity */
        get: operations["Project_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sessions, those that came last first */
        get: operations["Session_list"];
        put?: never;
        /**
         * Register a session
         * @description Or say more of one that is known: what is left out stays as it is, null clears it. Without `session_id` the server names it.
         */
        post: operations["Session_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/sessions/{id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a session lives and what it is at, and learn what is due
         * @description What it says replaces what it said before; without any of it, that stays. A heartbeat that says nothing new within a minute leaves no event.
         */
        post: operations["Session_heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a session, which releases its locks; ending it twice changes nothing */
        post: operations["Session_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a session */
        get: operations["Session_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/sessions/{id}/heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a session said it was at, latest first */
        get: operations["Session_heartbeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a task */
        get: operations["Task_find"];
        /**
         * Say what a task's whole document is
         * @description What it changes becomes events. What it leaves out is empty, except for the project, the session and when it was started.
         */
        put: operations["Task_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change parts of a task
         * @description Of `quality_gates` and `metrics`, what the patch names; null removes one. Lists are replaced.
         */
        patch: operations["Task_patch"];
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which steps are done, under way and left */
        post: operations["Task_steps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record an artifact, in place of the one with its path */
        post: operations["Task_artifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/quality-gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report what a quality gate says, with its figures */
        post: operations["Task_gate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/blockers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what stands in the way of a task */
        post: operations["Task_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that nothing stands in the way any more */
        post: operations["Task_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete a task, whose gates have to have passed */
        post: operations["Task_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tasks, oldest first */
        get: operations["Task_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/tasks/{task_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened to a task, oldest first */
        get: operations["Task_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/metrics/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count and measure tasks */
        get: operations["TaskMetrics_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/schemas/coordination-message-v1.0.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schema of the coordinator protocol's messages */
        get: operations["Schemas_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coord/schemas/task-progress-v1.0.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schema of the coordinator protocol's tasks */
        get: operations["Schemas_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ClaimDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The project; its first use creates it. */
            project_key: string;
            /** @description The session that asks. */
            session_id: string;
            /** @description What it is held for. */
            description?: string | null;
            /** @description Hours until the lock expires, fractions allowed; 0: never. Default 2. */
            ttl_hours?: number;
            /**
             * @description Shared locks stand beside each other. Default exclusive.
             * @enum {string}
             */
            mode?: "exclusive" | "shared";
            /** @description How long to wait, first come, first served, if another session is in the way. Default 0: not at all. */
            wait_seconds?: number;
            /** @description A path, a pattern or a key with a scheme. */
            resource: string;
        };
        ClaimBatchDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The project; its first use creates it. */
            project_key: string;
            /** @description The session that asks. */
            session_id: string;
            /** @description What it is held for. */
            description?: string | null;
            /** @description Hours until the lock expires, fractions allowed; 0: never. Default 2. */
            ttl_hours?: number;
            /**
             * @description Shared locks stand beside each other. Default exclusive.
             * @enum {string}
             */
            mode?: "exclusive" | "shared";
            /** @description How long to wait, first come, first served, if another session is in the way. Default 0: not at all. */
            wait_seconds?: number;
            /** @description All of them are granted, or none. */
            resources: string[];
        };
        VerifyDto: {
            /** @description The project; its first use creates it. */
            project_key: string;
            resource: string;
            /** @description The session that asks. */
            session_id: string;
            /** @description The fence that the lock was granted with. */
            fence: number;
        };
        RenewDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id: string;
            /** @description Hours until the lock expires, fractions allowed; 0: never. Default: as before. */
            ttl_hours?: number;
        };
        BreakDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id: string;
            /** @description Why a person overrides the holder's claim; it stays on record. */
            reason: string;
        };
        ComponentDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description Free text; by convention building, built, deploying, deployed, degraded or unknown. */
            state: string;
            /** @description Left out: as it is; null clears it. */
            version?: string | null;
            /** @description Left out: as they are; null clears them. */
            notes?: string | null;
            /** @description The session that says so. */
            updated_by: string;
            /** @description The project; its first use creates it. */
            project_key: string;
            /** @description Its name in the project. */
            component: string;
        };
        ComponentStateDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description Free text; by convention building, built, deploying, deployed, degraded or unknown. */
            state: string;
            /** @description Left out: as it is; null clears it. */
            version?: string | null;
            /** @description Left out: as they are; null clears them. */
            notes?: string | null;
            /** @description The session that says so. */
            updated_by: string;
        };
        CreateWorkflowDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The project; its first use creates it. */
            project_key: string;
            name: string;
            description?: string | null;
            /** @enum {string} */
            status?: "planning" | "active" | "blocked" | "completed" | "cancelled";
            /** @description The session that creates it. */
            created_by: string;
        };
        ChangeWorkflowDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description Left out: as it is. */
            name?: string;
            /** @description Left out: as it is; null clears it. */
            description?: string | null;
            /**
             * @description Left out: as it is.
             * @enum {string}
             */
            status?: "planning" | "active" | "blocked" | "completed" | "cancelled";
            /** @description The session that changes it. */
            updated_by?: string;
        };
        AddWorkItemDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /**
             * Format: uuid
             * @description The workflow that it is a step of.
             */
            workflow_id: string;
            /** @description The project of the workflow. */
            project_key: string;
            title: string;
            description?: string | null;
            /** @enum {string} */
            status?: "pending" | "in_progress" | "blocked" | "completed" | "cancelled";
            /** @description Higher comes first. */
            priority?: number;
            /** @description The session that is to do it. */
            assigned_to?: string | null;
            /** @description Work items of the same project that have to be completed before. */
            depends_on?: string[];
        };
        ChangeWorkItemDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /**
             * @description Any status may follow any other.
             * @enum {string}
             */
            status?: "pending" | "in_progress" | "blocked" | "completed" | "cancelled";
            title?: string;
            /** @description Left out: as it is; null clears it. */
            description?: string | null;
            priority?: number;
            /** @description Left out: as it is; null: nobody. */
            assigned_to?: string | null;
            /** @description All of them, in place of those that it has. */
            depends_on?: string[];
            /** @description The session that changes it. */
            updated_by?: string;
        };
        ClaimNextDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id: string;
            /** @description The project; its first use creates it. */
            project_key: string;
            /**
             * Format: uuid
             * @description Only items of this workflow.
             */
            workflow_id?: string;
        };
        HandOffDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description Who has it. */
            from_session: string;
            /** @description Who gets it. */
            to_session: string;
            /** @description What the receiver is told, in a message. */
            note: string;
        };
        SendDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The sender. */
            from_session: string;
            /** @description Left out, null, ALL, ALL_SESSIONS, broadcast or fleet: everyone. */
            to_session?: string | null;
            /** @description The project; its first use creates it. */
            project_key?: string | null;
            subject: string;
            body: string;
            /** @enum {string} */
            type?: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
            /** @enum {string} */
            priority?: "low" | "normal" | "high" | "urgent";
            /** @description Ids of messages, tasks or anything else. */
            references?: string[];
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: uuid
             * @description The message that this one replies to.
             */
            reply_to?: string | null;
            ack_required?: boolean;
            /** @description Your own id: sent again in the same project, it is the first message again. */
            external_id?: string | null;
        };
        ReadManyDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id: string;
            /** @description Ids of messages. */
            ids?: string[];
            /** @description All that the session has unread. */
            all?: boolean;
        };
        AddTodoDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id?: string;
            /** @description What is to be done. */
            text: string;
            created_by_user?: string | null;
            created_by_machine?: string | null;
            /** @description Whose it is; without it, of who created it. */
            assigned_to_user?: string | null;
            /** @description The project; its first use creates it. */
            project_key?: string | null;
            /**
             * Format: uuid
             * @description The todo that this one is a part of, of any project.
             */
            parent_id?: string | null;
            /** @description Where it came from. */
            source?: string | null;
            /** @description Added by a program, not by a person. */
            auto?: boolean;
        };
        ChangeTodoDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that asks. */
            session_id?: string;
            text?: string;
            assigned_to_user?: string | null;
            /** @description The project; its first use creates it. */
            project_key?: string | null;
            /**
             * Format: uuid
             * @description The todo that this one is a part of: not itself, and none of its own parts.
             */
            parent_id?: string | null;
            source?: string | null;
        };
        Object: Record<string, unknown>;
        StepsDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that says so. */
            session_id?: string | null;
            /** @description What is done now: one step or several. */
            completed?: string | string[];
            /** @description What is under way; null: nothing. */
            current?: string | null;
            /** @description What is left; left out: what was, without what is done or begun. */
            remaining?: string[];
        };
        BlockerDto: {
            /**
             * Format: uuid
             * @description Write only while this lock is live, under the `fence` that it was granted with.
             */
            lock_id?: string;
            /** @description The fence of `lock_id`. */
            fence?: number;
            /** @description The session that says so. */
            session_id?: string | null;
            /** @description What stands in the way. */
            reason: string;
        };
        /** Lock */
        Lock: {
            /** Format: uuid */
            id: string;
            project_key: string;
            /** @description Its holder. */
            session_id: string;
            /** @description In normal form. */
            resource: string;
            description: string | null;
            /** @enum {string} */
            mode: "exclusive" | "shared";
            ttl_hours: number;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            acquired_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            renewed_at: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            expires_at: string | null;
            ttl_remaining_ms: number | null;
            /**
             * Format: date-time
             * @description The last sign of its holder.
             */
            last_activity_at: string;
            /** @description No sign of its holder for long: anyone may release it. */
            stale: boolean;
            /** @description Grows with every grant of the project. */
            fence: number;
            /** @enum {string} */
            status: "active" | "released" | "expired" | "broken";
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            ended_at: string | null;
            ended_by: string | null;
            end_reason: string | null;
        };
        /** The request is not valid */
        InvalidRequestProblem: {
            /** @constant */
            type: "urn:coord:problem:invalid-request";
            /** @constant */
            title: "The request is not valid";
            /** @constant */
            status: 422;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            errors: {
                field: string;
                message: string;
            }[];
        };
        /** The request is not HTTP */
        MalformedRequestProblem: {
            /** @constant */
            type: "urn:coord:problem:malformed-request";
            /** @constant */
            title: "The request is not HTTP";
            /** @constant */
            status: 400;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The URL or the headers are too long */
        HeadersTooLargeProblem: {
            /** @constant */
            type: "urn:coord:problem:headers-too-large";
            /** @constant */
            title: "The URL or the headers are too long";
            /** @constant */
            status: 431;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The request did not come to its end */
        RequestTimeoutProblem: {
            /** @constant */
            type: "urn:coord:problem:request-timeout";
            /** @constant */
            title: "The request did not come to its end";
            /** @constant */
            status: 408;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The body is not JSON */
        MalformedJsonProblem: {
            /** @constant */
            type: "urn:coord:problem:malformed-json";
            /** @constant */
            title: "The body is not JSON";
            /** @constant */
            status: 400;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The body is too large */
        BodyTooLargeProblem: {
            /** @constant */
            type: "urn:coord:problem:body-too-large";
            /** @constant */
            title: "The body is too large";
            /** @constant */
            status: 413;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The body is of another media type */
        UnsupportedMediaTypeProblem: {
            /** @constant */
            type: "urn:coord:problem:unsupported-media-type";
            /** @constant */
            title: "The body is of another media type";
            /** @constant */
            status: 415;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** Not found */
        NotFoundProblem: {
            /** @constant */
            type: "urn:coord:problem:not-found";
            /** @constant */
            title: "Not found";
            /** @constant */
            status: 404;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The resource is locked */
        LockHeldProblem: {
            /** @constant */
            type: "urn:coord:problem:lock-held";
            /** @constant */
            title: "The resource is locked";
            /** @constant */
            status: 409;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            holder: components["schemas"]["Lock"];
            conflicts: components["schemas"]["Lock"][];
            /** @description Seconds until the first of them expires; null if none does. */
            retry_after: number | null;
            explain: string | Record<string, unknown>;
        };
        /** The lock has ended */
        LockEndedProblem: {
            /** @constant */
            type: "urn:coord:problem:lock-ended";
            /** @constant */
            title: "The lock has ended";
            /** @constant */
            status: 409;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            lock: components["schemas"]["Lock"];
        };
        /** The lock belongs to another session */
        NotLockOwnerProblem: {
            /** @constant */
            type: "urn:coord:problem:not-lock-owner";
            /** @constant */
            title: "The lock belongs to another session";
            /** @constant */
            status: 403;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            holder: components["schemas"]["Lock"];
        };
        /** The fence is not valid any more */
        FenceSupersededProblem: {
            /** @constant */
            type: "urn:coord:problem:fence-superseded";
            /** @constant */
            title: "The fence is not valid any more";
            /** @constant */
            status: 412;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            fence: number;
            /** @description null when no one holds it. */
            current_fence: number | null;
        };
        /** Someone else was faster */
        RevisionConflictProblem: {
            /** @constant */
            type: "urn:coord:problem:revision-conflict";
            /** @constant */
            title: "Someone else was faster";
            /** @constant */
            status: 412;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            current_revision: number;
        };
        /** Quality gates have not passed */
        GatesNotPassedProblem: {
            /** @constant */
            type: "urn:coord:problem:gates-not-passed";
            /** @constant */
            title: "Quality gates have not passed";
            /** @constant */
            status: 422;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            gates: {
                name: string;
                status: string;
            }[];
        };
        /** The work item is taken */
        WorkItemTakenProblem: {
            /** @constant */
            type: "urn:coord:problem:work-item-taken";
            /** @constant */
            title: "The work item is taken";
            /** @constant */
            status: 409;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            /** @description null when it is over and no one has it. */
            assigned_to: string | null;
        };
        /** The store is not empty */
        StoreNotEmptyProblem: {
            /** @constant */
            type: "urn:coord:problem:store-not-empty";
            /** @constant */
            title: "The store is not empty";
            /** @constant */
            status: 409;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The idempotency key was used for something else */
        IdempotencyKeyReusedProblem: {
            /** @constant */
            type: "urn:coord:problem:idempotency-key-reused";
            /** @constant */
            title: "The idempotency key was used for something else";
            /** @constant */
            status: 422;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** Too many requests */
        RateLimitedProblem: {
            /** @constant */
            type: "urn:coord:problem:rate-limited";
            /** @constant */
            title: "Too many requests";
            /** @constant */
            status: 429;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            retry_after: number;
        };
        /** The read model is behind */
        ReadModelBehindProblem: {
            /** @constant */
            type: "urn:coord:problem:read-model-behind";
            /** @constant */
            title: "The read model is behind";
            /** @constant */
            status: 503;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** The database is unavailable */
        StoreUnavailableProblem: {
            /** @constant */
            type: "urn:coord:problem:store-unavailable";
            /** @constant */
            title: "The database is unavailable";
            /** @constant */
            status: 503;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            /** @constant */
            retry_after: 30;
            /**
             * @description The write may have gone through.
             * @constant
             */
            outcome?: "unknown";
        };
        /** Internal error */
        InternalErrorProblem: {
            /** @constant */
            type: "urn:coord:problem:internal-error";
            /** @constant */
            title: "Internal error";
            /** @constant */
            status: 500;
            /** @description What to do next. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
        };
        /** LockRequest */
        LockRequest: {
            /** @description The same for all resources of one claim. */
            request_id: string;
            project_key: string;
            session_id: string;
            /** @description In normal form. */
            resource: string;
            /** @enum {string} */
            mode: "exclusive" | "shared";
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            queued_at: string;
            /**
             * Format: date-time
             * @description It waits no longer than that.
             */
            until: string;
        };
        /** HistoryEvent */
        HistoryEvent: {
            /** @description Its place in the whole log. */
            position: number;
            stream: string;
            /** @description Its place in its stream, from 0. */
            revision: number;
            type: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            at: string;
            /** @description The session whose doing it was; null for the engine itself. */
            actor: string | null;
            causation_id: string | null;
            correlation_id: string | null;
            data: Record<string, unknown>;
        };
        /** Component */
        Component: {
            project_key: string;
            component: string;
            state: string;
            version: string | null;
            notes: string | null;
            updated_by: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            updated_at: string;
            /** @description Counts its changes from 1; for `If-Match`. */
            revision: number;
        };
        /** Workflow */
        Workflow: {
            /** Format: uuid */
            id: string;
            project_key: string;
            name: string;
            description: string | null;
            /** @enum {string} */
            status: "planning" | "active" | "blocked" | "completed" | "cancelled";
            created_by: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            updated_at: string;
            progress: {
                /** @description Its work items, whatever their status. */
                total: number;
                completed: number;
                in_progress: number;
                blocked: number;
                /** @description Completed of all, rounded down; 0 when there are none. */
                percent: number;
            };
        };
        /** WorkItem */
        WorkItem: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            workflow_id: string;
            project_key: string;
            title: string;
            description: string | null;
            /** @enum {string} */
            status: "pending" | "in_progress" | "blocked" | "completed" | "cancelled";
            /** @description Higher comes first. */
            priority: number;
            assigned_to: string | null;
            depends_on: string[];
            /** @description Pending, and everything that it depends on is completed. */
            ready: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            updated_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            completed_at: string | null;
            /** @description Counts its changes from 1; for `If-Match`. */
            revision: number;
        };
        /** WholeWorkflow */
        WholeWorkflow: {
            /** Format: uuid */
            id: string;
            project_key: string;
            name: string;
            description: string | null;
            /** @enum {string} */
            status: "planning" | "active" | "blocked" | "completed" | "cancelled";
            created_by: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            updated_at: string;
            progress: {
                /** @description Its work items, whatever their status. */
                total: number;
                completed: number;
                in_progress: number;
                blocked: number;
                /** @description Completed of all, rounded down; 0 when there are none. */
                percent: number;
            };
            /** @description Higher priority first, then older first; the first 500 of them. */
            work_items: components["schemas"]["WorkItem"][];
        };
        /** Message */
        Message: {
            /** Format: uuid */
            id: string;
            from_session: string;
            /** @description `ALL_SESSIONS` for a broadcast. */
            to_session: string;
            project_key: string | null;
            subject: string;
            body: string;
            /** @enum {string} */
            type: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            references: string[];
            metadata: Record<string, unknown> | null;
            /** Format: uuid */
            reply_to: string | null;
            /**
             * Format: uuid
             * @description The id of the message that the thread began with.
             */
            thread_id: string;
            ack_required: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            sent_at: string;
            read: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            read_at: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            acknowledged_at: string | null;
        };
        /** SentMessage */
        SentMessage: {
            /** Format: uuid */
            id: string;
            from_session: string;
            /** @description `ALL_SESSIONS` for a broadcast. */
            to_session: string;
            project_key: string | null;
            subject: string;
            body: string;
            /** @enum {string} */
            type: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            references: string[];
            metadata: Record<string, unknown> | null;
            /** Format: uuid */
            reply_to: string | null;
            /**
             * Format: uuid
             * @description The id of the message that the thread began with.
             */
            thread_id: string;
            ack_required: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            sent_at: string;
            read: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            read_at: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            acknowledged_at: string | null;
            /** @description `unknown session`: no one has seen the addressee. */
            warning?: string;
            /** @description Sessions with a similar name. */
            similar?: string[];
        };
        /** WholeMessage */
        WholeMessage: {
            /** Format: uuid */
            id: string;
            from_session: string;
            /** @description `ALL_SESSIONS` for a broadcast. */
            to_session: string;
            project_key: string | null;
            subject: string;
            body: string;
            /** @enum {string} */
            type: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            references: string[];
            metadata: Record<string, unknown> | null;
            /** Format: uuid */
            reply_to: string | null;
            /**
             * Format: uuid
             * @description The id of the message that the thread began with.
             */
            thread_id: string;
            ack_required: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            sent_at: string;
            read: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            read_at: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            acknowledged_at: string | null;
            delivered_to: string[];
            read_by: string[];
            acknowledged_by: string[];
        };
        /** ReadMessage */
        ReadMessage: {
            /** Format: uuid */
            id: string;
            from_session: string;
            /** @description `ALL_SESSIONS` for a broadcast. */
            to_session: string;
            project_key: string | null;
            subject: string;
            body: string;
            /** @enum {string} */
            type: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            references: string[];
            metadata: Record<string, unknown> | null;
            /** Format: uuid */
            reply_to: string | null;
            /**
             * Format: uuid
             * @description The id of the message that the thread began with.
             */
            thread_id: string;
            ack_required: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            sent_at: string;
            read: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            read_at: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            acknowledged_at: string | null;
            /** @description Of a broadcast: the sessions that it counts as read for. */
            marked_for?: string[];
        };
        /** Todo */
        Todo: {
            /** Format: uuid */
            id: string;
            text: string;
            /** @enum {string} */
            status: "pending" | "done";
            created_by_user: string | null;
            created_by_machine: string | null;
            assigned_to_user: string | null;
            project_key: string | null;
            /** Format: uuid */
            parent_id: string | null;
            source: string | null;
            auto: boolean;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            completed_at: string | null;
            completed_by: string | null;
        };
        /** Session */
        Session: {
            session_id: string;
            machine: string | null;
            user: string | null;
            agent: string | null;
            /** @description The project that it named last, or of its first command. */
            project_key: string | null;
            capabilities: string[];
            /** @enum {string} */
            status: "active" | "idle" | "lost" | "ended";
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            registered_at: string;
            /**
             * Format: date-time
             * @description Its last command, whatever that came to.
             */
            last_activity_at: string;
            /** @description What it said last, and when it said so last. */
            last_heartbeat: {
                /**
                 * Format: date-time
                 * @description UTC, with milliseconds.
                 */
                at: string;
                action: string | null;
                target: string | null;
                phase: string | null;
                /** @description In percent. */
                progress: number | null;
                next_action: string | null;
            } | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            ended_at: string | null;
            locks: components["schemas"]["Lock"][];
            unread: number;
        };
        /** Board */
        Board: {
            /**
             * Format: date-time
             * @description The moment of the board. As `at`, it gives the same board again.
             */
            generated_at: string;
            /** @description The log position that the board reflects. */
            position: number;
            /** @description Active locks, oldest first, 500 at most. */
            locks: components["schemas"]["Lock"][];
            /** @description Those among them that are stale. */
            stale_locks: components["schemas"]["Lock"][];
            /** @description The 50 that changed last. */
            components: components["schemas"]["Component"][];
            /** @description Those that are not over, oldest first, 500 at most. */
            workflows: components["schemas"]["Workflow"][];
            /** @description Those that have not ended, latest sign first, 500 at most, with what they hold in any project. */
            sessions: components["schemas"]["Session"][];
            unread_messages: number;
            work: {
                ready: number;
                in_progress: number;
                blocked: number;
            };
            /** @description Messages of type blocker without a response, oldest first, 500 at most. */
            blockers: components["schemas"]["Message"][];
        };
        /** Diff */
        Diff: {
            /** @description The range that was looked at begins after this position; null: nothing lies in the range of time. */
            from: number | null;
            /** @description It ends with this position. */
            to: number | null;
            project_key: string | null;
            /** @description How many events the answer sums up, 5,000 at most. */
            events: number;
            /** @description There are more: ask again, from `to` on. */
            truncated: boolean;
            /** @description How many events of each type. */
            types: {
                [key: string]: number;
            };
            /** @description What happened to locks, oldest first; renewals and requests, too, where there were any. */
            locks: {
                claimed: {
                    position: number;
                    type: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    at: string;
                    actor: string | null;
                    /** @description Of the event. Long texts are cut, large values left out. */
                    data: Record<string, unknown>;
                }[];
                released: {
                    position: number;
                    type: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    at: string;
                    actor: string | null;
                    /** @description Of the event. Long texts are cut, large values left out. */
                    data: Record<string, unknown>;
                }[];
                expired: {
                    position: number;
                    type: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    at: string;
                    actor: string | null;
                    /** @description Of the event. Long texts are cut, large values left out. */
                    data: Record<string, unknown>;
                }[];
                broken: {
                    position: number;
                    type: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    at: string;
                    actor: string | null;
                    /** @description Of the event. Long texts are cut, large values left out. */
                    data: Record<string, unknown>;
                }[];
            } & {
                [key: string]: {
                    position: number;
                    type: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    at: string;
                    actor: string | null;
                    /** @description Of the event. Long texts are cut, large values left out. */
                    data: Record<string, unknown>;
                }[];
            };
            /** @description Components that changed, as they were before and after. */
            components: {
                project_key: string | null;
                component: string;
                events: number;
                /** @description As it was before; null: it is new. */
                from: {
                    project_key?: string;
                    component?: string;
                    state?: string;
                    version?: string | null;
                    notes?: string | null;
                    updated_by?: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    updated_at?: string;
                    /** @description Counts its changes from 1; for `If-Match`. */
                    revision?: number;
                } | null;
                to: {
                    project_key?: string;
                    component?: string;
                    state?: string;
                    version?: string | null;
                    notes?: string | null;
                    updated_by?: string;
                    /**
                     * Format: date-time
                     * @description UTC, with milliseconds.
                     */
                    updated_at?: string;
                    /** @description Counts its changes from 1; for `If-Match`. */
                    revision?: number;
                };
            }[];
            /** @description What else changed: `messages`, `sessions`, and so on, each with what was said of it last before the range and last in it. */
            others: {
                [key: string]: {
                    id: string;
                    stream: string;
                    project_key: string | null;
                    /** @description How many there were in the range. */
                    events: number;
                    types: string[];
                    /** @description The last event of the thing before the range; null: it is new. */
                    from: {
                        position: number;
                        type: string;
                        /**
                         * Format: date-time
                         * @description UTC, with milliseconds.
                         */
                        at: string;
                        actor: string | null;
                        /** @description Of the event. Long texts are cut, large values left out. */
                        data: Record<string, unknown>;
                    } | null;
                    /** @description The last one in the range. */
                    to: {
                        position: number;
                        type: string;
                        /**
                         * Format: date-time
                         * @description UTC, with milliseconds.
                         */
                        at: string;
                        actor: string | null;
                        /** @description Of the event. Long texts are cut, large values left out. */
                        data: Record<string, unknown>;
                    };
                }[];
            };
        };
        /** Project */
        Project: {
            project_key: string;
            events: number;
            active_locks: number;
            components: number;
            messages: number;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            last_activity_at: string;
        };
        /** HeartbeatAnswer */
        HeartbeatAnswer: {
            /** @description How many messages it has not read. */
            unread: number;
            /** @description Those among them of priority urgent, oldest first. */
            urgent: components["schemas"]["Message"][];
            /** @description What it holds. */
            locks: components["schemas"]["Lock"][];
        };
        /** Heartbeat */
        Heartbeat: {
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            at: string;
            action: string | null;
            target: string | null;
            phase: string | null;
            /** @description In percent. */
            progress: number | null;
            next_action: string | null;
            project_key: string | null;
        };
        /** Task */
        Task: {
            /** @description Names the task, in all projects. */
            task_id: string;
            task_name: string;
            phase: string | null;
            /** @description Free text; by convention planning, in_progress, blocked, completed or cancelled. */
            status: string;
            /**
             * Format: date-time
             * @description When work began.
             */
            started: string | null;
            /**
             * Format: date-time
             * @description When the document was last changed.
             */
            updated: string | null;
            /**
             * Format: date-time
             * @description When it should be done.
             */
            estimated_completion: string | null;
            current_step: string | null;
            /** @description What is done. */
            completed_steps: string[];
            /** @description What is left to do. */
            remaining_steps: string[];
            /** @description What stands in the way: a reason, or its details; null: nothing does. */
            blocked_on: string | Record<string, unknown> | null;
            questions_for_coordinator: (string | Record<string, unknown>)[];
            artifacts: {
                path: string;
                /** @description By convention source_code, test, documentation, … */
                type?: string;
                /** @description By convention draft or complete. */
                status?: string;
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at?: string;
                /**
                 * Format: date-time
                 * @description When it was last changed.
                 */
                updated_at?: string;
                description?: string;
            }[];
            quality_gates: {
                [key: string]: {
                    /** @enum {string} */
                    status: "passed" | "failed" | "not_run";
                    /**
                     * Format: date-time
                     * @description When it was last run.
                     */
                    last_run?: string;
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description Figures of any kind: lines_of_code, test_count, time_spent_minutes, … */
            metrics: Record<string, unknown>;
            /** @description The project that the task belongs to. */
            project_key: string | null;
            /** @description The session that works on it. */
            session_id: string | null;
            /**
             * Format: date-time
             * @description Since when it is blocked.
             */
            readonly blocked_since: string | null;
            /** @description For how long it was blocked in all, without a block that lasts. */
            readonly blocked_ms: number;
            /**
             * Format: date-time
             * @description When it was completed.
             */
            readonly completed_at: string | null;
            /** @description How it was completed: by force or not, why, and with which gates not passed. */
            readonly completion: {
                forced: boolean;
                reason: string | null;
                required_gates: string[] | null;
                gates_not_passed: {
                    name: string;
                    status: string;
                }[];
            } | null;
            /** @description Counts its events from 1; for `If-Match`. */
            readonly revision: number;
        };
        /** TaskMetrics */
        TaskMetrics: {
            project_key: string | null;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            generated_at: string;
            counts: {
                total: number;
                open: number;
                completed: number;
                blocked: number;
                /** @description Completed though a gate had not passed. */
                forced: number;
                by_status: {
                    [key: string]: number;
                };
            };
            durations: {
                /** @description How many tasks were measured, from `started` to `completed_at`. */
                completed: number;
                /** @description Milliseconds. */
                average_ms: number | null;
                /** @description Milliseconds. */
                median_ms: number | null;
                /** @description Milliseconds. */
                shortest_ms: number | null;
                /** @description Milliseconds. */
                longest_ms: number | null;
            };
            time_blocked: {
                /** @description How many were ever blocked. */
                tasks: number;
                /** @description Milliseconds. */
                total_ms: number;
                /** @description Milliseconds. */
                average_ms: number | null;
                /** @description Milliseconds. */
                longest_ms: number | null;
            };
            gates: {
                name: string;
                /** @description Tasks in which it has passed. */
                passed: number;
                failed: number;
                not_run: number;
                /** @description Passed of those that passed or failed, from 0 to 1; null where none did. */
                pass_rate: number | null;
                reports: {
                    passed: number;
                    failed: number;
                    /** @description Passed of those that passed or failed, from 0 to 1; null where none did. */
                    pass_rate: number | null;
                };
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "Service_getHealth[0]": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok" | "degraded";
                        /** @enum {unknown} */
                        database: "connected" | "disconnected";
                        version: string;
                        /** @description The end of the log; where it can not be reached, the last position seen. */
                        position: number;
                        projections: {
                            name: string;
                            position: number;
                            /** @description Why it has stopped. */
                            error: string | null;
                        }[];
                    };
                };
            };
        };
    };
    "Service_getHealth[1]": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok" | "degraded";
                        /** @enum {unknown} */
                        database: "connected" | "disconnected";
                        version: string;
                        /** @description The end of the log; where it can not be reached, the last position seen. */
                        position: number;
                        projections: {
                            name: string;
                            position: number;
                            /** @description Why it has stopped. */
                            error: string | null;
                        }[];
                    };
                };
            };
        };
    };
    Service_getLivez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    Service_getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    Service_getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    Lock_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Every lock that overlaps it; needs project_key. */
                resource?: string;
                /** @description Only locks of this session. */
                session_id?: string;
                /** @description Only stale locks, or only others. */
                stale?: boolean;
                /** @description With those that have ended. */
                include_inactive?: boolean;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"][] | {
                        items: components["schemas"]["Lock"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Lock_claim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimDto"];
            };
        };
        responses: {
            /** @description You hold it already: renewed, with the same id and fence. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
            /** @description Granted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
        };
    };
    Lock_releaseAll: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. Required, in the query or in the body. */
                session_id?: string;
                /** @description Has to be true, so that nothing is released by mistake. In the query or in the body. */
                release_all?: boolean;
                /** @description Only in this project. In the query or in the body. */
                project_key?: string;
                /** @description Why; it stays on record. In the query or in the body. */
                reason?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                    release_all?: boolean;
                    project_key?: string;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        released: number;
                        locks: components["schemas"]["Lock"][];
                    };
                };
            };
        };
    };
    Lock_claimBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimBatchDto"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        locks: components["schemas"]["Lock"][];
                    };
                };
            };
        };
    };
    Lock_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        valid: boolean;
                        lock: components["schemas"]["Lock"];
                    };
                };
            };
        };
    };
    Lock_queue: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockRequest"][] | {
                        items: components["schemas"]["LockRequest"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Lock_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
        };
    };
    Lock_release: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. Required, in the query or in the body. */
                session_id?: string;
                /** @description Why; it stays on record. In the query or in the body. */
                reason?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
        };
    };
    Lock_explain: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lock: components["schemas"]["Lock"];
                        events: components["schemas"]["HistoryEvent"][];
                        reason: string;
                    };
                };
            };
        };
    };
    Lock_renew: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
        };
    };
    Lock_break: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
        };
    };
    Component_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only components in this state. */
                state?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"][] | {
                        items: components["schemas"]["Component"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Component_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`. */
                "If-Match"?: string;
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
        };
    };
    Component_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                project_key: string;
                component: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
        };
    };
    Component_updateByPath: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`. */
                "If-Match"?: string;
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                project_key: string;
                component: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComponentStateDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"];
                };
            };
        };
    };
    Component_history: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                project_key: string;
                component: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Component"][] | {
                        items: components["schemas"]["Component"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Workflow_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                status?: "planning" | "active" | "blocked" | "completed" | "cancelled";
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"][] | {
                        items: components["schemas"]["Workflow"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Workflow_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkflowDto"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
        };
    };
    Workflow_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeWorkflow"];
                };
            };
        };
    };
    Workflow_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWorkflowDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
        };
    };
    WorkItem_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only items of this workflow. */
                workflow_id?: string;
                status?: "pending" | "in_progress" | "blocked" | "completed" | "cancelled";
                /** @description Only what is assigned to this session. */
                assigned_to?: string;
                /** @description true: pending, and every dependency completed; false: the others. */
                ready?: boolean;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"][] | {
                        items: components["schemas"]["WorkItem"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    WorkItem_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddWorkItemDto"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
        };
    };
    WorkItem_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
        };
    };
    WorkItem_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`. */
                "If-Match"?: string;
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWorkItemDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
        };
    };
    WorkItem_claimNext: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimNextDto"];
            };
        };
        responses: {
            /** @description It is yours, and in progress. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
            /** @description There is none. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    WorkItem_claim: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. Required, in the query or in the body. */
                session_id?: string;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
        };
    };
    WorkItem_handOff: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOffDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkItem"];
                };
            };
        };
    };
    Message_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description Whose inbox: its direct messages, and the broadcasts of others. */
                to_session?: string;
                unread_only?: boolean;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only from this session. */
                from_session?: string;
                type?: "note" | "directive" | "question" | "response" | "progress" | "blocker" | "completion" | "error";
                priority?: "low" | "normal" | "high" | "urgent";
                /** @description Only what was sent then or later. */
                since?: string;
                /** @description Only messages of this thread. */
                thread?: string;
                /** @description Words that all have to occur in subject or body, in any case; then what matches best comes first. */
                q?: string;
                /** @description Seconds that the request is held until there is something. */
                wait?: number;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"][] | {
                        items: components["schemas"]["Message"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Message_send: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendDto"];
            };
        };
        responses: {
            /** @description The first message with this `external_id`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Sent. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
        };
    };
    Message_unanswered: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"][] | {
                        items: components["schemas"]["Message"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Message_find: {
        parameters: {
            query?: {
                /** @description As seen by this session; without it, by the addressee. */
                session_id?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeMessage"];
                };
            };
        };
    };
    Message_thread: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"][] | {
                        items: components["schemas"]["Message"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Message_readMany: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadManyDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many were unread. */
                        read: number;
                    };
                };
            };
        };
    };
    Message_read: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description Who read it. Without it: the addressee; of a broadcast, all that were shown it. In the query or in the body. */
                session_id?: string;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadMessage"];
                };
            };
        };
    };
    Message_acknowledge: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. Required, in the query or in the body. */
                session_id?: string;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    Todo_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description Only what is assigned to this user, or unassigned and created by them. */
                user?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                status?: "pending" | "done" | "all";
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"][] | {
                        items: components["schemas"]["Todo"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Todo_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddTodoDto"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
        };
    };
    Todo_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
        };
    };
    Todo_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTodoDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
        };
    };
    Todo_complete: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. In the query or in the body. */
                session_id?: string;
                /** @description Who has done it; counts as the session that acts, unless session_id names one. In the query or in the body. */
                completed_by?: string;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                    completed_by?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
        };
    };
    Todo_reopen: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that asks. In the query or in the body. */
                session_id?: string;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
        };
    };
    Status_status: {
        parameters: {
            query?: {
                /** @description Only this project, in every part. */
                project_key?: string;
                /** @description Whose unread messages are counted. */
                session_id?: string;
                /** @description The board as it was at this position or time, inclusive. */
                at?: components["schemas"]["Object"] | number | string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
        };
    };
    Status_page: {
        parameters: {
            query?: {
                /** @description Only this project, in every part. */
                project_key?: string;
                /** @description Whose unread messages are counted. */
                session_id?: string;
                /** @description The board as it was at this position or time, inclusive. */
                at?: components["schemas"]["Object"] | number | string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
        };
    };
    History_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only what this session did. */
                session_id?: string;
                /** @description Only events of this type. */
                type?: string;
                /** @description Only this stream. */
                stream?: string;
                /** @description Only events of locks on this resource. */
                resource?: string;
                /** @description Only what came after this position or time. */
                from?: components["schemas"]["Object"] | number | string;
                /** @description Only what came until this position or time, inclusive. */
                to?: components["schemas"]["Object"] | number | string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEvent"][] | {
                        items: components["schemas"]["HistoryEvent"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    History_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
        };
    };
    EventStream_follow: {
        parameters: {
            query?: {
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only what this session did. */
                session_id?: string;
                /** @description Only events of this type. */
                type?: string;
                /** @description Only this stream. */
                stream?: string;
                /** @description Only events of locks on this resource. */
                resource?: string;
                /** @description Begin after this position, for clients that can not set the header `Last-Event-ID`, which goes before it. */
                last_event_id?: number;
            };
            header?: {
                /** @description Begin after this position. */
                "Last-Event-ID"?: number;
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    Diff_diff: {
        parameters: {
            query: {
                /** @description Only what came after this position or time. */
                from: components["schemas"]["Object"] | number | string;
                /** @description Only what came until this position or time, inclusive. Left out: up to now. */
                to?: components["schemas"]["Object"] | number | string;
                /** @description The project; its first use creates it. */
                project_key?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diff"];
                };
            };
        };
    };
    Import_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        /** @description What `GET /history/export` gave, of any length. */
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: number;
                        /** @description Of the last event. */
                        position: number;
                    };
                };
            };
        };
    };
    Project_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"][] | {
                        items: components["schemas"]["Project"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Session_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                status?: "active" | "idle" | "lost" | "ended";
                /** @description Who named it last, acted there last, or holds a lock there. */
                project_key?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"][] | {
                        items: components["schemas"]["Session"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Session_register: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description Without it the server names the session `session-<unix seconds>`. In the query or in the body. */
                session_id?: string | null;
                /** @description In the query or in the body. */
                machine?: string | null;
                /** @description In the query or in the body. */
                user?: string | null;
                /** @description In the query or in the body. */
                agent?: string | null;
                /** @description The project; its first use creates it. In the query or in the body. */
                project_key?: string | null;
                /** @description What it is good for, in your own words. In the query or in the body. */
                capabilities?: string[] | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string | null;
                    machine?: string | null;
                    user?: string | null;
                    agent?: string | null;
                    project_key?: string | null;
                    capabilities?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Known already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Registered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    Session_heartbeat: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description What it is at. In the query or in the body. */
                action?: string | null;
                /** @description In the query or in the body. */
                target?: string | null;
                /** @description In the query or in the body. */
                phase?: string | null;
                /** @description In the query or in the body. */
                progress?: (number | string) | null;
                /** @description In the query or in the body. */
                next_action?: string | null;
                /** @description The project that it works in from now on. Left out: as it is. In the query or in the body. */
                project_key?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    action?: string | null;
                    target?: string | null;
                    phase?: string | null;
                    progress?: (number | string) | null;
                    next_action?: string | null;
                    project_key?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatAnswer"];
                };
            };
        };
    };
    Session_end: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description Why; it stays on record. In the query or in the body. */
                reason?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    Session_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    Session_heartbeats: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Heartbeat"][] | {
                        items: components["schemas"]["Heartbeat"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Task_find: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`. */
                "If-Match"?: string;
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Names the task, in all projects. */
                    task_id?: string;
                    task_name: string;
                    phase?: string | null;
                    /** @description Free text; by convention planning, in_progress, blocked, completed or cancelled. */
                    status: string;
                    /**
                     * Format: date-time
                     * @description When work began.
                     */
                    started?: string | null;
                    /**
                     * Format: date-time
                     * @description When the document was last changed.
                     */
                    updated?: string | null;
                    /**
                     * Format: date-time
                     * @description When it should be done.
                     */
                    estimated_completion?: string | null;
                    current_step?: string | null;
                    /** @description What is done. */
                    completed_steps?: string[];
                    /** @description What is left to do. */
                    remaining_steps?: string[];
                    /** @description What stands in the way: a reason, or its details; null: nothing does. */
                    blocked_on?: string | Record<string, unknown> | null;
                    questions_for_coordinator?: (string | Record<string, unknown>)[];
                    artifacts?: {
                        path: string;
                        /** @description By convention source_code, test, documentation, … */
                        type?: string;
                        /** @description By convention draft or complete. */
                        status?: string;
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        created_at?: string;
                        /**
                         * Format: date-time
                         * @description When it was last changed.
                         */
                        updated_at?: string;
                        description?: string;
                    }[];
                    quality_gates?: {
                        [key: string]: {
                            /** @enum {string} */
                            status: "passed" | "failed" | "not_run";
                            /**
                             * Format: date-time
                             * @description When it was last run.
                             */
                            last_run?: string;
                        } & {
                            [key: string]: unknown;
                        };
                    };
                    /** @description Figures of any kind: lines_of_code, test_count, time_spent_minutes, … */
                    metrics?: Record<string, unknown>;
                    /** @description The project that the task belongs to. */
                    project_key?: string | null;
                    /** @description The session that says so. */
                    session_id?: string | null;
                    /**
                     * Format: date-time
                     * @description Since when it is blocked.
                     */
                    readonly blocked_since?: string | null;
                    /** @description For how long it was blocked in all, without a block that lasts. */
                    readonly blocked_ms?: number;
                    /**
                     * Format: date-time
                     * @description When it was completed.
                     */
                    readonly completed_at?: string | null;
                    /** @description How it was completed: by force or not, why, and with which gates not passed. */
                    readonly completion?: {
                        forced: boolean;
                        reason: string | null;
                        required_gates: string[] | null;
                        gates_not_passed: {
                            name: string;
                            status: string;
                        }[];
                    } | null;
                    /** @description Counts its events from 1; for `If-Match`. */
                    readonly revision?: number;
                    /**
                     * Format: uuid
                     * @description Write only while this lock is live, under the `fence` that it was granted with.
                     */
                    lock_id?: string;
                    /** @description The fence of `lock_id`. */
                    fence?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A task that was not there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`. */
                "If-Match"?: string;
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Names the task, in all projects. */
                    task_id?: string;
                    task_name?: string;
                    phase?: string | null;
                    /** @description Free text; by convention planning, in_progress, blocked, completed or cancelled. */
                    status?: string;
                    /**
                     * Format: date-time
                     * @description When work began.
                     */
                    started?: string | null;
                    /**
                     * Format: date-time
                     * @description When the document was last changed.
                     */
                    updated?: string | null;
                    /**
                     * Format: date-time
                     * @description When it should be done.
                     */
                    estimated_completion?: string | null;
                    current_step?: string | null;
                    /** @description What is done. */
                    completed_steps?: string[];
                    /** @description What is left to do. */
                    remaining_steps?: string[];
                    /** @description What stands in the way: a reason, or its details; null: nothing does. */
                    blocked_on?: string | Record<string, unknown> | null;
                    questions_for_coordinator?: (string | Record<string, unknown>)[];
                    artifacts?: {
                        path: string;
                        /** @description By convention source_code, test, documentation, … */
                        type?: string;
                        /** @description By convention draft or complete. */
                        status?: string;
                        /**
                         * Format: date-time
                         * @description When it was made.
                         */
                        created_at?: string;
                        /**
                         * Format: date-time
                         * @description When it was last changed.
                         */
                        updated_at?: string;
                        description?: string;
                    }[];
                    quality_gates?: {
                        [key: string]: ({
                            /** @enum {string} */
                            status: "passed" | "failed" | "not_run";
                            /**
                             * Format: date-time
                             * @description When it was last run.
                             */
                            last_run?: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    };
                    /** @description Figures of any kind: lines_of_code, test_count, time_spent_minutes, … */
                    metrics?: Record<string, unknown>;
                    /** @description The project that the task belongs to. */
                    project_key?: string | null;
                    /** @description The session that says so. */
                    session_id?: string | null;
                    /**
                     * Format: date-time
                     * @description Since when it is blocked.
                     */
                    readonly blocked_since?: string | null;
                    /** @description For how long it was blocked in all, without a block that lasts. */
                    readonly blocked_ms?: number;
                    /**
                     * Format: date-time
                     * @description When it was completed.
                     */
                    readonly completed_at?: string | null;
                    /** @description How it was completed: by force or not, why, and with which gates not passed. */
                    readonly completion?: {
                        forced: boolean;
                        reason: string | null;
                        required_gates: string[] | null;
                        gates_not_passed: {
                            name: string;
                            status: string;
                        }[];
                    } | null;
                    /** @description Counts its events from 1; for `If-Match`. */
                    readonly revision?: number;
                    /**
                     * Format: uuid
                     * @description Write only while this lock is live, under the `fence` that it was granted with.
                     */
                    lock_id?: string;
                    /** @description The fence of `lock_id`. */
                    fence?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_steps: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepsDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_artifact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    path: string;
                    /** @description By convention source_code, test, documentation, … */
                    type?: string;
                    /** @description By convention draft or complete. */
                    status?: string;
                    /**
                     * Format: date-time
                     * @description When it was made.
                     */
                    created_at?: string;
                    /**
                     * Format: date-time
                     * @description When it was last changed.
                     */
                    updated_at?: string;
                    description?: string;
                    /** @description The session that says so. */
                    session_id?: string | null;
                    /**
                     * Format: uuid
                     * @description Write only while this lock is live, under the `fence` that it was granted with.
                     */
                    lock_id?: string;
                    /** @description The fence of `lock_id`. */
                    fence?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_gate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    status: "passed" | "failed" | "not_run";
                    /**
                     * Format: date-time
                     * @description When it was last run.
                     */
                    last_run?: string;
                    /** @description The session that says so. */
                    session_id?: string | null;
                    /**
                     * Format: uuid
                     * @description Write only while this lock is live, under the `fence` that it was granted with.
                     */
                    lock_id?: string;
                    /** @description The fence of `lock_id`. */
                    fence?: number;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_block: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockerDto"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_unblock: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that says so. In the query or in the body. */
                session_id?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_complete: {
        parameters: {
            query?: {
                /** @description Write only while this lock is live, under the `fence` that it was granted with. In the query or in the body. */
                lock_id?: string;
                /** @description The fence of `lock_id`. In the query or in the body. */
                fence?: number;
                /** @description The session that says so. In the query or in the body. */
                session_id?: string | null;
                /** @description The gates that have to have passed; left out: every gate that was reported. In the query or in the body. */
                required_gates?: string[];
                /** @description Complete it whatever the gates say; needs a reason. In the query or in the body. */
                force?: boolean;
                /** @description Why; it stays on record. In the query or in the body. */
                reason?: string | null;
            };
            header?: {
                /** @description The same key with the same body within 24 h gives the first answer again and writes nothing. */
                "Idempotency-Key"?: string;
                /** @description When a replayed write was meant. */
                "Coord-Intended-At"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lock_id?: string;
                    fence?: number;
                    session_id?: string | null;
                    required_gates?: string[];
                    force?: boolean;
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    Task_list: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description The project; its first use creates it. */
                project_key?: string;
                /** @description Only tasks in this status. */
                status?: string;
                /** @description Only tasks that are blocked, or only those that are not. */
                blocked?: boolean;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"][] | {
                        items: components["schemas"]["Task"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    Task_history: {
        parameters: {
            query?: {
                /** @description With it, or with a cursor, the answer is {items, next_cursor}. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEvent"][] | {
                        items: components["schemas"]["HistoryEvent"][];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    TaskMetrics_tasks: {
        parameters: {
            query?: {
                /** @description Only tasks of this project. */
                project_key?: string;
            };
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskMetrics"];
                };
            };
        };
    };
    Schemas_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Schema, draft 2020-12. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": {
                        /** @constant */
                        $schema: "https://json-schema.org/draft/2020-12/schema";
                        $id: string;
                    };
                };
            };
        };
    };
    Schemas_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only what is at least as new as this log position. */
                "Coord-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Schema, draft 2020-12. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": {
                        /** @constant */
                        $schema: "https://json-schema.org/draft/2020-12/schema";
                        $id: string;
                    };
                };
            };
        };
    };
}
