// Made from schemas/openapi.json by `npm run generate`.
export interface paths {
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives. */
        get: operations["live"];
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
        /** Whether it can do its work, part by part. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, the newest first. */
        get: operations["listRuns"];
        put?: never;
        /** Run a document, or a registered workflow. */
        post: operations["submitRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a run stands, or stood at a revision. */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start nothing more of it. */
        post: operations["pauseRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with it. */
        post: operations["resumeRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop it. */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A linked new run that repeats only what failed. */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/signals/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For the tasks that wait for it, or will. */
        post: operations["signalRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/tasks/{task}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve or reject what a task asks. */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waited for what, how long, and the critical path. */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A linked new run that goes another way from a task or an event on. */
        post: operations["forkRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/diff/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where two runs begin to differ, and everything else in which they do. */
        get: operations["diffRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is recorded of it, to be verified offline; the export is recorded. */
        get: operations["exportRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts by status, the last runs, what comes due, the last checkpoint, and flags that are off. */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has failed: an item for each cause, how often, and an example. */
        get: operations["listFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, in order; with `wait` also what is about to. */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in a run, in order. */
        get: operations["listRunEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens, as it happens. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens in a run, and what its models say meanwhile; it ends with the run. */
        get: operations["streamRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the log has come; with `wait` as soon as it goes on. */
        get: operations["getHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/blobs/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an event of the run refers to: a file, a large value, its definition. */
        get: operations["getRunBlob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/actors/{actor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The name behind the id of an actor. */
        get: operations["getActor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is registered, by name. */
        get: operations["listWorkflows"];
        put?: never;
        /** From then on the document's name stands for it. */
        post: operations["registerWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A registered workflow as its name stands now. */
        get: operations["getWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of it: as the document says, or the beginning of its hash. */
        get: operations["getWorkflowVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** All that is wrong with a document, without running it. */
        post: operations["validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers and the protocols they speak. */
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens and cost, by workflow and model. */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys, also those that are over. */
        get: operations["listKeys"];
        put?: never;
        /** Make a key. */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One key. */
        get: operations["getKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret under the same id. */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let it in no more, from now on. */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last head of the log that was signed. */
        get: operations["getCheckpoint"];
        put?: never;
        /** Sign everything that is durable now, and ask the witnesses. */
        post: operations["makeCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/vkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys that sign the log, and those that did. */
        get: operations["getVkey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proof/{event}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That an event stands where it stood when it was signed. */
        get: operations["getProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/tile/{level}/{tile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 256 hashes of the tree, or as many as there are: `x001/234`, `000.p/17`. */
        get: operations["getTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/tile/entries/{tile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The leaves themselves, of every tenant. */
        get: operations["getEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what to what, from the beginning of the log on; that it was read is recorded. */
        get: operations["readTrail"];
        put?: never;
        /** The same of a person; that it was read is recorded, by pseudonym. */
        post: operations["readTrailOfPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A run in one of the forms in which others read it. */
        post: operations["exportRunAs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything that is signed, of all runs. */
        post: operations["exportLog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything that is held on a person, in clear. */
        post: operations["exportPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of the configuration, and which runs would leave now. */
        get: operations["getRetention"];
        put?: never;
        /** Archive the runs that are past their time, and remove them; the answer comes when it is done. */
        post: operations["runRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked to be destroyed, by whom and why, and how far that is. */
        get: operations["listErasures"];
        put?: never;
        /** Destroy what is held on a person; put off while it is held. */
        post: operations["eraseSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held, since when, by whom and why; persons by their pseudonyms. */
        get: operations["listHolds"];
        put?: never;
        /** Forbid that a person's data or a run is erased or removed. */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/holds/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Allow it again; what waited for that is done. */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every setting, with where its value came from. */
        get: operations["getConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is on and off, and who says so: the tenant, the configuration, nobody. */
        get: operations["listFlags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/flags/{flag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Turn it on or off for the tenant, whatever the configuration says. */
        put: operations["setFlag"];
        post?: never;
        /** Leave it to the configuration again. */
        delete: operations["clearFlag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the tenant may have of what, and how much of that is used. */
        get: operations["listQuotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/quotas/{quota}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** So much from now on; what is there already stays. */
        put: operations["setQuota"];
        post?: never;
        /** No limit but the configuration's. */
        delete: operations["clearQuota"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Endpoints and how they stand. */
        get: operations["listWebhooks"];
        put?: never;
        /** Tell a URL what happens. */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be told, each with its schema and a sample. */
        get: operations["listWebhookEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint. */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** End it; its history stays in the log. */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change settings; null takes one away. */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another secret; for a while both sign. */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send to it again. */
        post: operations["enableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing until it is enabled. */
        post: operations["disableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery that tells nothing, now. */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent, each attempt and its answer, the newest first. */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it once more: the same id, the same bytes. */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what stands in a stretch of the log, one after the other. */
        post: operations["replayWebhook"];
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
        /** @enum {string} */
        ErrorCode: "PARSE_ERROR" | "INVALID_REQUEST" | "METHOD_NOT_FOUND" | "INVALID_PARAMS" | "INTERNAL_ERROR" | "SYSTEM_SHUTDOWN" | "CONFIGURATION_ERROR" | "RESOURCE_EXHAUSTED" | "RATE_LIMIT_EXCEEDED" | "INTERRUPTED" | "USAGE_ERROR" | "CASSETTE_INVALID" | "PROTOCOL_NOT_FOUND" | "PROVIDER_NOT_FOUND" | "PROVIDER_NOT_AVAILABLE" | "PROVIDER_UNHEALTHY" | "PROVIDER_TIMEOUT" | "PROVIDER_OVERLOADED" | "METHOD_NOT_SUPPORTED" | "PROTOCOL_VERSION_MISMATCH" | "PROVIDER_ERROR" | "CALL_NOT_RECORDED" | "TASK_VALIDATION_FAILED" | "TASK_EXECUTION_FAILED" | "TASK_TIMEOUT" | "TASK_CANCELLED" | "TASK_DEPENDENCY_FAILED" | "TASK_PARAMETER_ERROR" | "TASK_RESULT_INVALID" | "TASK_RETRY_EXHAUSTED" | "TASK_NOT_FOUND" | "APPROVAL_REJECTED" | "WORKFLOW_VALIDATION_FAILED" | "WORKFLOW_NOT_FOUND" | "WORKFLOW_EXECUTION_FAILED" | "WORKFLOW_TIMEOUT" | "WORKFLOW_CANCELLED" | "WORKFLOW_CIRCULAR_DEPENDENCY" | "WORKFLOW_INVALID_STATE" | "RUN_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "RUN_ARCHIVED" | "SUBJECT_ERASED" | "PERSISTENCE_CONNECTION_FAILED" | "PERSISTENCE_WRITE_FAILED" | "PERSISTENCE_READ_FAILED" | "PERSISTENCE_INTEGRITY_ERROR" | "NETWORK_UNREACHABLE" | "CONNECTION_REFUSED" | "CONNECTION_TIMEOUT" | "CONNECTION_LOST" | "AUTHENTICATION_FAILED" | "AUTHORIZATION_FAILED" | "KEY_NOT_FOUND" | "DESTINATION_NOT_ALLOWED";
        ClientCertificate: {
            /** @description In PEM, with those between it and its authority behind it. */
            certificate: string;
            /** @description Its private key in PEM. */
            key: string;
        };
        WebhookFilter: {
            /** @description Its id or its name. */
            workflow?: string;
            tag?: string;
            /** Format: uuid */
            run?: string;
            /** @description A condition on `event`: its `type`, `subject`, `time` and `data`. */
            cel?: string;
        };
        WebhookRequest: {
            /** @description Where deliveries are sent. */
            url: string;
            /** @description Types, with `*` for any characters; all of the catalogue when left out. */
            events?: string[];
            filter?: components["schemas"]["WebhookFilter"];
            /** @description One run's events one after the other; the default. */
            ordered?: boolean;
            /**
             * @description `thin`: ids and a link, and nothing that a run was given or gave.
             * @enum {string}
             */
            payload?: "full" | "thin";
            /** @description Deliveries a second. */
            max_rate?: number;
            /** @description Sent with each delivery; kept encrypted and never shown. */
            headers?: {
                [key: string]: string;
            };
            client_certificate?: components["schemas"]["ClientCertificate"];
            /** @description An address is sent a `webhook.challenge` before it is taken, and refused unless it answers with that word. */
            challenge?: boolean;
            description?: string;
            /** @description `now`, `start`, or a cursor: what was appended after it is sent. `now` when left out. */
            start?: string;
            /**
             * @description `v1`: HMAC with a secret that both sides know, the default; `v1a`: Ed25519 with a public key.
             * @enum {string}
             */
            signature?: "v1" | "v1a";
        };
        WebhookUpdate: {
            /** @description Where deliveries are sent. */
            url?: string;
            events?: string[] | null;
            filter?: components["schemas"]["WebhookFilter"] | null;
            /** @description One run's events one after the other; the default. */
            ordered?: boolean;
            /**
             * @description `thin`: ids and a link, and nothing that a run was given or gave.
             * @enum {string}
             */
            payload?: "full" | "thin";
            max_rate?: number | null;
            headers?: {
                [key: string]: string;
            } | null;
            client_certificate?: components["schemas"]["ClientCertificate"] | null;
            /** @description An address is sent a `webhook.challenge` before it is taken, and refused unless it answers with that word. */
            challenge?: boolean;
            description?: string | null;
        };
        Error: {
            code: components["schemas"]["ErrorCode"];
            /** @description What happened, where, and what to do. */
            message: string;
            /** @description Whether the same may work later. */
            retryable: boolean;
            /** @description Whatever else is known. */
            details: {
                [key: string]: unknown;
            };
            cause?: components["schemas"]["Error"];
        };
        Problem: {
            code: components["schemas"]["ErrorCode"];
            message: string;
            file?: string;
            /** @description From 1, like columns. */
            line?: number;
            column?: number;
            /** @description Where in the value: `tasks[2].params.a`. */
            path?: string;
        };
        Workflow: {
            /** @description Of the definition, the same for all its runs. */
            id: string;
            name: string;
            /** @description As the document says. */
            version?: string;
            /** @description Of the definition. */
            hash: string;
        };
        Actor: {
            /** @enum {string} */
            type: "user" | "service" | "schedule" | "engine" | "provider" | "cli";
            /** @description Opaque. */
            id: string;
            onBehalfOf?: string;
        };
        PlaceInRun: {
            /** Format: uuid */
            run: string;
            revision: number;
        };
        LogKeys: {
            origin: string;
            /** @description The newest that signs. */
            vkey: string;
            /** @description Others that sign or signed. */
            oldVkeys: string[];
        };
        Checkpoint: {
            origin: string;
            /** @description Leaves. */
            size: number;
            /** Format: base64 */
            root: string;
            /** @description A signed note, as C2SP describes it, with the lines of those who cosigned it. */
            note: string;
            /** @description Of those in the configuration, what each did. */
            witnesses?: {
                name: string;
                cosignedAt?: string;
                /** @description Why it has not cosigned. */
                problem?: string;
            }[];
        };
        Proof: {
            /** Format: uuid */
            eventId: string;
            leafIndex: number;
            size: number;
            /** @description A tlog-proof, as C2SP describes it; `extra` is the leaf. */
            proof: string;
        };
        Settings: {
            home: string;
            /** @description Null when there is none. */
            file: string | null;
            settings: {
                path: string;
                /** @description Any JSON. */
                value: unknown;
                /** @description A file with its line, a variable, a flag, or `default`. */
                source: string;
            }[];
        };
        Validated: {
            valid: boolean;
            files: {
                file: string;
                valid: boolean;
            }[];
            error?: components["schemas"]["Error"];
            problems: components["schemas"]["Problem"][];
        };
        Wait: {
            /** @enum {string} */
            kind: "time" | "signal" | "approval";
            since: string;
            /** @description The end of a time, or the instant at which it is too late. */
            dueAt?: string;
            signal?: string;
            /** @description How many approvals it takes. */
            min?: number;
            /** @description How many there are. */
            approvals?: number;
            /** @description Any JSON. */
            message?: unknown;
            /** @description Who may decide, as the document names them. */
            approvers?: string[];
            /** @description Who may not. */
            notBy?: string[];
        };
        Usage: {
            inputTokens?: number;
            outputTokens?: number;
            /** @description Millionths of the currency in which the configuration has prices. */
            costMicros?: number;
        };
        Task: {
            name: string;
            method: string;
            /** @enum {string} */
            status: "waiting" | "scheduled" | "running" | "retrying" | "succeeded" | "failed" | "skipped" | "cancelled";
            /** @description How often it was started. */
            attempts: number;
            /** @description Any JSON. */
            result: unknown;
            /** @description Of its last failure. */
            error: components["schemas"]["Error"] | null;
            /** @description Of its last attempt. */
            durationMs: number | null;
            skipped?: {
                /** @enum {string} */
                reason: "condition" | "dependency-failed" | "dependency-skipped";
                /** @description The task that it needed. */
                because?: string;
            };
            /** @description Of a repeated task: how many there are. */
            elements?: number;
            /**
             * Format: uuid
             * @description The run that its latest attempt is.
             */
            child?: string;
            reused?: components["schemas"]["PlaceInRun"];
            cached?: components["schemas"]["PlaceInRun"];
            /** @description The model that answered. */
            model?: string;
            /** @description What the model's name stood for. */
            modelDigest?: string;
            usage?: components["schemas"]["Usage"];
            /** @description How many of its fallbacks were taken. */
            fellBack?: number;
            /**
             * @description The result was given by whoever resumed the run.
             * @constant
             */
            given?: true;
            /** @description This undoes what that task did. */
            compensates?: string;
            /**
             * @description What it did was undone.
             * @constant
             */
            undone?: true;
            /** @description When its next attempt or the end of its wait comes. */
            dueAt?: string;
            waitsFor?: components["schemas"]["Wait"];
        };
        Run: {
            /** Format: uuid */
            runId: string;
            /** @description Given with `--id`. */
            name?: string;
            workflow: components["schemas"]["Workflow"];
            /** @enum {string} */
            status: "pending" | "running" | "paused" | "compensating" | "succeeded" | "failed" | "cancelled";
            submittedAt: string;
            startedAt?: string;
            endedAt?: string;
            /** @description Null until it is over. */
            durationMs: number | null;
            forkedFrom?: components["schemas"]["PlaceInRun"];
            /** @description The attempt of a task that this run is. */
            parent?: {
                /** Format: uuid */
                run: string;
                task: string;
                attempt: number;
            };
            /** @description What is undone, because the run ends with that outcome. */
            compensation?: {
                /** @enum {string} */
                outcome: "failed" | "cancelled";
                tasks: number;
                succeeded: number;
                failed: number;
            };
            /** @description By id. */
            tasks: {
                [key: string]: components["schemas"]["Task"];
            };
            /** @description Any JSON. */
            outputs: unknown;
            error: components["schemas"]["Error"] | null;
            /** @description Length of the run's own stream. */
            events: number;
            /** @description Position of its last event. */
            head: string;
            /** @description How far the log had come when this was read. */
            position: string;
        };
        Row: {
            /** Format: uuid */
            runId: string;
            workflow: components["schemas"]["Workflow"];
            /** @enum {string} */
            status: "pending" | "running" | "paused" | "compensating" | "succeeded" | "failed" | "cancelled";
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            tags: string[];
            submittedAt: string;
            startedAt?: string;
            endedAt?: string;
            durationMs: number | null;
            error: {
                code: components["schemas"]["ErrorCode"];
                task?: string;
            } | null;
            forkedFrom?: components["schemas"]["PlaceInRun"];
            /** @description Of a run that goes on. */
            waitsFor?: {
                task: string;
                /** @enum {string} */
                kind: "time" | "signal" | "approval";
                since: string;
                /** @description The end of a time, or the instant at which it is too late. */
                dueAt?: string;
                signal?: string;
                /** @description How many approvals it takes. */
                min?: number;
                /** @description How many there are. */
                approvals?: number;
                /** @description Any JSON. */
                message?: unknown;
                /** @description Who may decide, as the document names them. */
                approvers?: string[];
                /** @description Who may not. */
                notBy?: string[];
            }[];
            parent?: {
                /** Format: uuid */
                run: string;
                task: string;
            };
        };
        Runs: {
            /** @description The newest first. */
            items: components["schemas"]["Row"][];
            /** @description For `--cursor`; null at the end. */
            nextCursor: string | null;
        };
        Status: {
            store: string;
            head: string;
            /** @description The last one that was signed; null before there is one. */
            checkpoint: {
                origin: string;
                size: number;
                /** Format: base64 */
                root: string;
            } | null;
            /** @description Statuses that no run has are missing. */
            runs: {
                [key: string]: number;
            };
            queue: {
                /** @description Runs that nobody has begun. */
                pending: number;
                /** @description How long the oldest of them has waited. */
                oldestMs: number;
                /** @description How late the next timer is. */
                overdueMs: number;
            };
            last: components["schemas"]["Row"][];
            due: {
                /** Format: uuid */
                runId: string;
                task: string;
                dueAt: string;
            }[];
            /** @description Runs that could go on but that nobody drives. */
            unattended: string[];
            /** @description Flags that are off; `flags list` says who set them. */
            switchedOff: string[];
        };
        Failures: {
            /** @description Of causes; `items` holds as many as `--limit` says. */
            total: number;
            /** @enum {string} */
            by: "code" | "task" | "model" | "workflow";
            items: {
                cause: string;
                count: number;
                runs: number;
                last: string;
                example: {
                    /** Format: uuid */
                    runId: string;
                    workflow: {
                        id: string;
                        name: string;
                    };
                    task?: string;
                    code: components["schemas"]["ErrorCode"];
                    message?: string;
                };
            }[];
        };
        Event: {
            position: string;
            stream: string;
            revision: number;
            /** Format: uuid */
            id: string;
            /** @description `TaskSucceeded`; the others are in stored-format.md. */
            type: string;
            schemaVersion: number;
            recordedAt: string;
            metadata: {
                tenant: string;
                actor: components["schemas"]["Actor"];
                /** Format: uuid */
                correlationId?: string;
                /** Format: uuid */
                causationId?: string;
                traceparent?: string;
                idempotency?: string;
                /** Format: uuid */
                worker?: string;
            };
            /** @description Control fields as stored; `values` as the user wrote them. */
            data: {
                [key: string]: unknown;
            };
        };
        Events: {
            items: components["schemas"]["Event"][];
            /** @description For `after`; there is always one. */
            nextCursor: string;
        };
        DiffSide: {
            /** Format: uuid */
            runId: string;
            workflow: {
                name: string;
                version?: string;
                hash: string;
            };
            /** @enum {string} */
            status: "pending" | "running" | "paused" | "compensating" | "succeeded" | "failed" | "cancelled";
        };
        Difference: {
            /** @description Null for the run itself; `task/task` inside a run that is a task. */
            task: string | null;
            /** @description `params`, `result`, `status`, `model` … ; new ones may come. */
            kind: string;
            /** @description Inside the value. */
            path?: string;
            /** @description Any JSON. */
            a?: unknown;
            /** @description Any JSON. */
            b?: unknown;
            /**
             * @description Erased or missing on a side: no difference that counts.
             * @constant
             */
            unknown?: true;
        };
        Diff: {
            a: components["schemas"]["DiffSide"];
            b: components["schemas"]["DiffSide"];
            same: boolean;
            /** @description Where they begin to differ. */
            first: components["schemas"]["Difference"] | null;
            differences: components["schemas"]["Difference"][];
        };
        ForkPlan: {
            /** Format: uuid */
            runId: string;
            /** @constant */
            dryRun: true;
            forkedFrom: components["schemas"]["PlaceInRun"];
            reused: {
                task: string;
                revision: number;
            }[];
            /** @description Results that were set. */
            given: string[];
            again: {
                task: string;
                method: string;
                /**
                 * @description In the earlier run; absent where there was none.
                 * @enum {string}
                 */
                was?: "waiting" | "scheduled" | "running" | "retrying" | "succeeded" | "failed" | "skipped" | "cancelled";
            }[];
        };
        Providers: {
            items: {
                name: string;
                protocol: string;
                methods: string[];
            }[];
        };
        Retention: {
            /** @description The folder; null where nothing outlives the process. */
            archives: string | null;
            /** @description Of archives that are there. */
            count: number;
            default: {
                maxAgeMs?: number;
                archiveAfterMs?: number;
                maxCount?: number;
            };
            workflows: {
                [key: string]: {
                    maxAgeMs?: number;
                    archiveAfterMs?: number;
                    maxCount?: number;
                };
            };
            /** @description After they were written; absent where they stay for ever. */
            deleteArchivesAfterMs?: number;
            webhooks: {
                maxAgeMs?: number;
                archiveAfterMs?: number;
                maxCount?: number;
            };
            /** @description Records of deliveries: revisions of an endpoint's stream from `first` up to, and without, `before`. */
            deliveries: {
                webhook: string;
                first: number;
                before: number;
                from: string;
                to: string;
                events: number;
                deliveries: number;
                attempts: number;
            }[];
            /** @description To leave now, the newest first. */
            due: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
            }[];
            kept: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
                /** @enum {string} */
                kept: "held" | "forked" | "under way";
            }[];
            /** @description To delete: their own time is over. */
            archivesDue: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
            }[];
            /** @description Past their time, but of runs or persons that are held. */
            archivesHeld: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
            }[];
        };
        Retained: {
            /** @constant */
            dryRun: true;
            /** @description Records of deliveries: revisions of an endpoint's stream from `first` up to, and without, `before`. */
            deliveries: {
                webhook: string;
                first: number;
                before: number;
                from: string;
                to: string;
                events: number;
                deliveries: number;
                attempts: number;
            }[];
            /** @description To leave now, the newest first. */
            due: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
            }[];
            kept: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
                /** @enum {string} */
                kept: "held" | "forked" | "under way";
            }[];
            /** @description To delete: their own time is over. */
            archivesDue: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
            }[];
            /** @description Past their time, but of runs or persons that are held. */
            archivesHeld: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
            }[];
        } | {
            /** @constant */
            dryRun: false;
            archived: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
                archive: string;
                events: number;
            }[];
            kept: {
                /** Format: uuid */
                run: string;
                workflow: string;
                endedAt: string;
                /** @enum {string} */
                because: "age" | "count";
                /** @enum {string} */
                kept: "held" | "forked" | "under way";
            }[];
            /** @description Records of deliveries: revisions of an endpoint's stream from `first` up to, and without, `before`. */
            deliveries: {
                webhook: string;
                first: number;
                before: number;
                from: string;
                to: string;
                events: number;
                deliveries: number;
                attempts: number;
            }[];
            /** @description Still where they were. */
            failed: {
                /** Format: uuid */
                run: string;
                error: components["schemas"]["Error"];
            }[];
            removed: {
                runs: number;
                events: number;
                blobs: number;
            };
            /** @description Archives that are gone or altered; what they should hold stays. */
            missing: string[];
            archivesDeleted: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
                events: number;
            }[];
            /** @description Past their time, but of runs or persons that are held. */
            archivesHeld: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
            }[];
            /** @description Past their time, and still there. */
            archivesFailed: {
                /** Format: uuid */
                run: string;
                archive: string;
                archivedAt: string;
                error: components["schemas"]["Error"];
            }[];
        };
        Key: {
            id: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "approver" | "admin" | "auditor";
            tenant: string;
            /** @description From the directory of names; null where it was erased or never given. */
            name: string | null;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            expiresAt: string | null;
            rotatedAt: string | null;
            revokedAt: string | null;
            /** @description Day of its last use (UTC). */
            usedOn: string | null;
            /** @description Whether it lets anybody in. */
            active: boolean;
        };
        NewKey: {
            id: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "approver" | "admin" | "auditor";
            tenant: string;
            /** @description From the directory of names; null where it was erased or never given. */
            name: string | null;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            expiresAt: string | null;
            rotatedAt: string | null;
            revokedAt: string | null;
            /** @description Day of its last use (UTC). */
            usedOn: string | null;
            /** @description Whether it lets anybody in. */
            active: boolean;
            /** @description Shown here and never again. */
            key: string;
        };
        Keys: {
            items: components["schemas"]["Key"][];
            nextCursor: null;
        };
        Flag: {
            /** @enum {string} */
            flag: "submissions" | "webhooks" | "retention";
            on: boolean;
            default: boolean;
            /**
             * @description Who says so; the tenant goes first.
             * @enum {string}
             */
            from: "default" | "configuration" | "tenant";
            /** @description Who set it for the tenant; null where nobody did. */
            by: components["schemas"]["Actor"] | null;
            at: string | null;
            description: string;
        };
        Flags: {
            items: components["schemas"]["Flag"][];
            nextCursor: null;
        };
        Quota: {
            /** @enum {string} */
            quota: "open_runs" | "runs_per_day" | "requests_per_minute";
            /** @description Null where there is none. */
            limit: number | null;
            /** @description Null where the log does not count it. */
            used: number | null;
            /**
             * @description Who says so; the tenant goes first.
             * @enum {string}
             */
            from: "default" | "configuration" | "tenant";
            /** @description Who set it for the tenant; null where nobody did. */
            by: components["schemas"]["Actor"] | null;
            at: string | null;
            description: string;
        };
        Quotas: {
            items: components["schemas"]["Quota"][];
            nextCursor: null;
        };
        Erasure: {
            /** @constant */
            status: "erased";
            /**
             * Format: uuid
             * @description Absent where only a name was known.
             */
            request?: string;
            runs: number;
            events: number;
            /** @description Runs that were under way. */
            failed: number;
            /** @description Of webhooks, which were sent something of it and are told. */
            endpoints: string[];
            /** @description It was done before, and nothing was written. */
            repeated: boolean;
            /** @description The pseudonym. */
            subject: string;
            /** @description Whether a name was taken out of the directory of actors. */
            name: boolean;
        } | {
            /** @constant */
            status: "deferred";
            /**
             * Format: uuid
             * @description The same for one request, however often it is carried out.
             */
            request: string;
            /** @description `subject`, or the runs of it that are held. */
            held: string[];
            /** @description The pseudonym. */
            subject: string;
            /** @description Whether a name was taken out of the directory of actors. */
            name: boolean;
        };
        Erasures: {
            items: {
                /** @description The pseudonym. */
                subject: string;
                /**
                 * Format: uuid
                 * @description The same for one request, however often it is carried out.
                 */
                request: string;
                /**
                 * @description `open`: begun, and finished by the next process if the one that began it has died.
                 * @enum {string}
                 */
                status: "erased" | "deferred" | "open";
                requestedAt: string;
                requestedBy: components["schemas"]["Actor"];
                reason: string;
                finishedAt: string | null;
            }[];
            nextCursor: null;
        };
        HoldChange: {
            target: {
                subject: string;
            } | {
                /** Format: uuid */
                run: string;
            };
            /** @description False when it stood so already. */
            changed: boolean;
            /** @description What waited for the release. */
            erased: {
                /** @description The pseudonym. */
                subject: string;
                /**
                 * Format: uuid
                 * @description The same for one request, however often it is carried out.
                 */
                request: string;
            }[];
        };
        Holds: {
            items: {
                target: {
                    subject: string;
                } | {
                    /** Format: uuid */
                    run: string;
                };
                placedAt: string;
                placedBy: components["schemas"]["Actor"];
                reason: string | null;
                /** @description The request for an erasure that is done on release. */
                waiting: string | null;
            }[];
            nextCursor: null;
        };
        AttemptSpan: {
            attempt: number;
            startedAt: string;
            endedAt?: string;
            durationMs?: number;
            provider: string;
            /** @description Which one it was, where its provider has several. */
            instance?: string;
            /** @enum {string} */
            outcome: "running" | "succeeded" | "failed" | "lost" | "cancelled";
            code?: components["schemas"]["ErrorCode"];
        };
        WaitSpan: {
            from: string;
            to: string;
            durationMs: number;
            /** @enum {string} */
            for: "dependency" | "place" | "retry" | "loss" | "signal" | "approval" | "time";
            /** @description The one that it waited for. */
            task?: string;
            signal?: string;
        };
        Timeline: {
            /** Format: uuid */
            runId: string;
            workflow: {
                name: string;
            };
            /** @enum {string} */
            status: "pending" | "running" | "paused" | "compensating" | "succeeded" | "failed" | "cancelled";
            from: string;
            to: string;
            durationMs: number;
            /** @description What made the run take its time. */
            criticalPath: {
                task: string;
                from: string;
                to: string;
                durationMs: number;
            }[];
            pauses: {
                from: string;
                to: string;
                durationMs: number;
            }[];
            tasks: {
                id: string;
                name: string;
                /** @enum {string} */
                status: "waiting" | "scheduled" | "running" | "retrying" | "succeeded" | "failed" | "skipped" | "cancelled";
                critical: boolean;
                readyAt?: string;
                /** @description The last of its dependencies to end. */
                waitedFor?: string;
                endedAt?: string;
                runMs: number;
                waitMs: number;
                attempts: components["schemas"]["AttemptSpan"][];
                waits: components["schemas"]["WaitSpan"][];
                /** @description The model that answered. */
                model?: string;
                usage?: components["schemas"]["Usage"];
            }[];
            usage?: components["schemas"]["Usage"];
        };
        Webhook: {
            /** @description Also in `webhook-id`, behind the event's. */
            id: string;
            url: string;
            description: string | null;
            /** @description Null: all of the catalogue. */
            events: string[] | null;
            filter: {
                [key: string]: unknown;
            } | null;
            ordered: boolean;
            /** @enum {string} */
            payload: "full" | "thin";
            /** @description Deliveries a second. */
            maxRate: number | null;
            /** @description Names only. */
            headers: string[];
            /** @description Shown to the receiver; its key never is. */
            clientCertificate: {
                subject: string;
                /** @description SHA-256, in hex. */
                fingerprint: string;
                expiresAt: string;
            } | null;
            /** @description An address has to answer a challenge before it is taken. */
            challenge: boolean;
            /**
             * @description `paused`: too many runs are held up.
             * @enum {string}
             */
            status: "active" | "paused" | "disabled";
            disabled: {
                /** @enum {string} */
                reason: "gone" | "failing" | "request";
                at: string;
            } | null;
            createdAt: string;
            /** @description Up to there everything was sent, parked, or is held up. */
            position: string;
            /** @description Deliveries that have failed and are tried again. */
            held: number;
            /** @description In a row. */
            failures: number;
            failingSince: string | null;
            lastDeliveredAt: string | null;
            delivered: number;
            parked: number;
            /** @description Under way. */
            replays: number;
            secrets: number;
            oldSecretUntil: string | null;
        };
        Webhooks: {
            items: components["schemas"]["Webhook"][];
        };
        NewWebhook: {
            /** @description Also in `webhook-id`, behind the event's. */
            id: string;
            url: string;
            description: string | null;
            /** @description Null: all of the catalogue. */
            events: string[] | null;
            filter: {
                [key: string]: unknown;
            } | null;
            ordered: boolean;
            /** @enum {string} */
            payload: "full" | "thin";
            /** @description Deliveries a second. */
            maxRate: number | null;
            /** @description Names only. */
            headers: string[];
            /** @description Shown to the receiver; its key never is. */
            clientCertificate: {
                subject: string;
                /** @description SHA-256, in hex. */
                fingerprint: string;
                expiresAt: string;
            } | null;
            /** @description An address has to answer a challenge before it is taken. */
            challenge: boolean;
            /**
             * @description `paused`: too many runs are held up.
             * @enum {string}
             */
            status: "active" | "paused" | "disabled";
            disabled: {
                /** @enum {string} */
                reason: "gone" | "failing" | "request";
                at: string;
            } | null;
            createdAt: string;
            /** @description Up to there everything was sent, parked, or is held up. */
            position: string;
            /** @description Deliveries that have failed and are tried again. */
            held: number;
            /** @description In a row. */
            failures: number;
            failingSince: string | null;
            lastDeliveredAt: string | null;
            delivered: number;
            parked: number;
            /** @description Under way. */
            replays: number;
            secrets: number;
            oldSecretUntil: string | null;
            /** @description Shown this once: what deliveries are verified with. */
            secret: string;
        };
        WebhookTest: {
            id: string;
            url: string;
            /** @enum {string} */
            outcome: "delivered" | "failed";
            /** @description Of the answer. */
            status: number | null;
            code: components["schemas"]["ErrorCode"] | null;
            message: string | null;
            durationMs: number;
            address: string | null;
            /** @description The first 8 kB. */
            response: string | null;
        };
        Delivery: {
            /** @description `webhook-id`. */
            id: string;
            /** Format: uuid */
            event: string;
            type: string;
            runId: string | null;
            sequence: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed" | "parked";
            /** @description The replay that it is a part of. */
            replay: string | null;
            begunAt: string;
            dueAt: string | null;
            attempts: {
                attempt: number;
                at: string;
                /** @enum {string} */
                outcome: "delivered" | "failed";
                /** @description Of the answer. */
                status: number | null;
                code: components["schemas"]["ErrorCode"] | null;
                message: string | null;
                durationMs: number;
                address: string | null;
                /** @description The first 8 kB. */
                response: string | null;
                /** @description What was answered is of somebody whose data were erased. */
                erased: boolean;
            }[];
        };
        Deliveries: {
            /** @description The newest first. */
            items: components["schemas"]["Delivery"][];
            nextCursor: string | null;
        };
        WebhookReplay: {
            id: string;
            /** Format: uuid */
            replay: string;
            from: string;
            to: string;
        };
        Registrant: {
            /** @enum {string} */
            type: "user" | "service" | "schedule" | "engine" | "provider" | "cli";
            /** @description Opaque. */
            id: string;
            onBehalfOf?: string;
            name: string | null;
        };
        Registered: {
            /** @description False when this content stood there already. */
            created: boolean;
            id: string;
            name: string;
            version: string | null;
            /** @description Of the definition. */
            hash: string;
            /** @description Of the definition with everything it calls. */
            contentHash: string;
            current: boolean;
            registeredAt: string;
            registeredBy: components["schemas"]["Registrant"];
        };
        Workflows: {
            items: {
                id: string;
                name: string;
                version: string | null;
                /** @description Of the definition. */
                hash: string;
                /** @description Of the definition with everything it calls. */
                contentHash: string;
                current: boolean;
                registeredAt: string;
                registeredBy: components["schemas"]["Registrant"];
                versions: number;
            }[];
            nextCursor: null;
        };
        WorkflowVersion: {
            id: string;
            name: string;
            version: string | null;
            /** @description Of the definition. */
            hash: string;
            /** @description Of the definition with everything it calls. */
            contentHash: string;
            current: boolean;
            registeredAt: string;
            registeredBy: components["schemas"]["Registrant"];
        };
        ShownWorkflow: {
            id: string;
            name: string;
            version: string | null;
            /** @description Of the definition. */
            hash: string;
            /** @description Of the definition with everything it calls. */
            contentHash: string;
            current: boolean;
            registeredAt: string;
            registeredBy: components["schemas"]["Registrant"];
            /** @description As it is hashed and run. */
            definition: {
                [key: string]: unknown;
            };
            /** @description The text that was registered. */
            source: string | null;
            versions: components["schemas"]["WorkflowVersion"][];
        };
        HttpProblem: {
            /** @description A URI that names the kind of problem: `urn:gleitzeit:error:RUN_NOT_FOUND`. */
            type: string;
            /** @description The same for every problem of its kind. */
            title: string;
            status: number;
            code: components["schemas"]["ErrorCode"];
            /** @description What happened, where, and what to do. */
            detail: string;
            /** @description What was asked for. */
            instance: string;
            /** @description The same as in the log of the server. */
            requestId: string;
            /** @description Each thing that is wrong with what was sent. */
            errors?: {
                code: components["schemas"]["ErrorCode"];
                message: string;
                file?: string;
                line?: number;
                column?: number;
                path?: string;
            }[];
        };
        PostedFile: {
            path: string;
            /** Format: base64 */
            base64: string;
        };
        Because: {
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        Submission: {
            /** @description The document: its text (YAML, or JSON where `file` ends in .json), or its value. */
            workflow?: string | {
                [key: string]: unknown;
            };
            /** @description What the text is called; problems name it so. */
            file?: string;
            /** @description Files that the document names. Nothing else exists for it: nothing is read from the server's disk. */
            files?: components["schemas"]["PostedFile"][];
            /** @description Where paths are looked up beside the folder of the document. */
            working?: string;
            /** @description Of a registered workflow, instead of a document. */
            name?: string;
            /** @description Of the registered workflow. */
            version?: string;
            inputs?: {
                [key: string]: unknown;
            };
            /** @description A name for the run; the same as `Idempotency-Key`. */
            id?: string;
            /** @enum {string} */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * Format: date-time
             * @description It fails when it is not over by then.
             */
            deadline?: string;
            /** @description For the whole run: seconds, or a text such as `5m`. */
            timeout?: number | string;
            /** @description Whose personal data the run holds: it is sealed with a key of that person's own. */
            subject?: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        Forking: {
            /** @description The document: its text (YAML, or JSON where `file` ends in .json), or its value. */
            workflow?: string | {
                [key: string]: unknown;
            };
            /** @description What the text is called; problems name it so. */
            file?: string;
            /** @description Files that the document names. Nothing else exists for it: nothing is read from the server's disk. */
            files?: components["schemas"]["PostedFile"][];
            /** @description Where paths are looked up beside the folder of the document. */
            working?: string;
            /** @description Of a registered workflow, instead of its own document. */
            name?: string;
            /** @description Of the registered workflow. */
            version?: string;
            /** @description A task, or the number of an event of the run; without it the changes say where to begin. */
            from?: string | number;
            /** @description What changes: `inputs.x`, `tasks.<id>.params.x` or `tasks.<id>.result.x` → value. */
            set?: {
                [key: string]: unknown;
            };
            /** @description With another document: scripts see the files that the earlier run saw. */
            recordedFiles?: boolean;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        RunExport: {
            /** @constant */
            format: "bundle";
            /** @description A signed note: the bundle proves that the log grew out of that checkpoint, other forms begin behind it. */
            since?: string;
            /**
             * @description With the runs that its tasks are.
             * @default true
             */
            children: boolean;
        } | {
            /** @enum {string} */
            format: "jsonl" | "cloudevents" | "ocsf" | "openlineage" | "csv";
            /** @description A signed note: the bundle proves that the log grew out of that checkpoint, other forms begin behind it. */
            since?: string;
            /**
             * @description With the runs that its tasks are.
             * @default true
             */
            children: boolean;
        } | {
            /**
             * @description Its calls of providers, a line each, as `--play` answers them.
             * @constant
             */
            format: "cassette";
            /**
             * @description With the runs that its tasks are.
             * @default true
             */
            children: boolean;
        };
        LogExport: {
            /** @constant */
            format: "bundle";
            /** @description A signed note: the bundle proves that the log grew out of that checkpoint, other forms begin behind it. */
            since?: string;
        } | {
            /** @enum {string} */
            format: "jsonl" | "cloudevents" | "ocsf" | "openlineage" | "csv";
            /** @description A signed note: the bundle proves that the log grew out of that checkpoint, other forms begin behind it. */
            since?: string;
        };
        PersonExport: {
            /** @description As it was given when the run was submitted. */
            subject: string;
        };
        Ready: {
            /** @enum {string} */
            status: "ready" | "not ready";
            parts: {
                [key: string]: {
                    /** @enum {string} */
                    status: "ok" | "failed";
                    detail?: string;
                };
            };
        };
        Live: {
            /** @constant */
            status: "live";
        };
        KeyCreation: {
            /** @enum {string} */
            role: "viewer" | "operator" | "approver" | "admin" | "auditor";
            name?: string;
            /** @description An instant, or how long from now: `90d`. */
            expires?: string;
        };
        KeyRotation: {
            /** @description So long the secret before counts too: `1h`. */
            grace?: string;
        };
        Head: {
            /** @description Of the last event; `start` while there is none. */
            position: string;
            cursor: string;
        };
        KnownActor: {
            id: string;
            /** @description Null where none is known, or it was erased. */
            name: string | null;
        };
        Erasing: {
            /** @description As it was given when the run was submitted. */
            subject: string;
            /** @description Kept in clear: it must not name the person. */
            reason: string;
        };
        Holding: {
            /** @description As it was given when the run was submitted. */
            subject: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        } | {
            /** @description The id of a run. */
            run: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        UsageOfModels: {
            /** @description How far the log was read for this. */
            position: string;
            items: {
                workflow: {
                    id: string;
                    name: string;
                };
                model: string | null;
                calls: number;
                inputTokens: number;
                outputTokens: number;
                /** @description Millionths of the currency in which the configuration has prices. */
                costMicros: number;
            }[];
        };
        RetentionRun: {
            /**
             * @description Only say which runs would leave.
             * @default false
             */
            dryRun: boolean;
        };
        Resuming: {
            /** @description Recorded with what is asked. */
            reason?: string;
            /** @description What changes on the way: `inputs.x`, `tasks.<id>.params.x` or `tasks.<id>.result` → value. */
            set?: {
                [key: string]: unknown;
            };
        };
        Signalling: {
            /** @description Any JSON. */
            data?: unknown;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        Deciding: {
            /** @enum {string} */
            decision: "approved" | "rejected";
            /** @description Recorded with what is asked. */
            reason?: string;
            /** @description Any JSON. */
            edit?: unknown;
        };
        FlagSetting: {
            on: boolean;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        QuotaSetting: {
            limit: number;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        TrailOfPerson: {
            /** @description An id, the beginning of one, or a name in the directory. */
            actor?: string;
            /** @description The beginning of the id of a run, subject, key, endpoint or whatever else has a stream. */
            on?: string;
            /** @description `RunFailed`, `Task*`; several with commas. */
            type?: string;
            /** @enum {string} */
            outcome?: "success" | "failure" | "denied";
            /** @description Then or later: an instant in UTC. */
            since?: string;
            /** @description As it was given when a run was submitted: what was decided on them, read of them, done to their runs. */
            subject: string;
            /**
             * @description Also what the engine and providers did in consequence.
             * @default false
             */
            all: boolean;
        };
        WebhookRotation: {
            /** @description So long the old secret signs too: `24h`. */
            overlap?: string;
            /** @enum {string} */
            signature?: "v1" | "v1a";
        };
        Enabling: {
            /** @description `cursor`, the default: all that has come since it stopped; `now`; or a cursor. */
            from?: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        WebhookEventTypes: {
            items: {
                type: string;
                about: string;
                /** @description Any JSON. */
                schema: unknown;
                /** @description Any JSON. */
                sample: unknown;
            }[];
            nextCursor: null;
        };
        Replaying: {
            /** @description `start`, a cursor, or an instant. */
            from: string;
            /** @description `now`, the default, a cursor, or an instant. */
            to?: string;
            types?: string[];
            /**
             * @description `missing`, the default: what was never delivered; `failed`: what was given up.
             * @enum {string}
             */
            only?: "all" | "missing" | "failed";
            /** @description What is missing at that endpoint. */
            source?: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        Registering: {
            /** @description The text of the document. */
            workflow: string;
            /** @description What the text is called; problems name it so. */
            file?: string;
            /** @description Files that the document names. Nothing else exists for it: nothing is read from the server's disk. */
            files?: components["schemas"]["PostedFile"][];
            /** @description Where paths are looked up beside the folder of the document. */
            working?: string;
            /** @description Recorded with what is asked. */
            reason?: string;
        };
        Checking: {
            /** @description The document: its text (YAML, or JSON where `file` ends in .json), or its value. */
            workflow: string | {
                [key: string]: unknown;
            };
            /** @description What the text is called; problems name it so. */
            file?: string;
            /** @description Files that the document names. Nothing else exists for it: nothing is read from the server's disk. */
            files?: components["schemas"]["PostedFile"][];
            /** @description Where paths are looked up beside the folder of the document. */
            working?: string;
        };
    };
    responses: {
        /** @description It does not stand so that this could be done. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description A cursor of another log. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description The role of the key does not include this. */
        NotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description There is no such thing here. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description No key, or one that lets nobody in. */
        NotKnown: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description Not now; `Retry-After` says when to come again. */
        NotNow: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description Not understood: no JSON, no cursor. */
        NotUnderstood: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description Understood, and not valid; `errors` says what. */
        NotValid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description Larger than this server takes. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
        /** @description Too many requests; `Retry-After` says when to come again. */
        TooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HttpProblem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    live: {
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
                    "application/json": components["schemas"]["Live"];
                };
            };
            400: components["responses"]["NotUnderstood"];
        };
    };
    ready: {
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
                    "application/json": components["schemas"]["Ready"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            /** @description Not now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                status?: ("pending" | "running" | "paused" | "compensating" | "succeeded" | "failed" | "cancelled")[];
                /** @description Id or name. */
                workflow?: string;
                error?: components["schemas"]["ErrorCode"];
                /** @description A task that failed, or that the run is at. */
                task?: string;
                tag?: string;
                /** @description A task waits for its next attempt. */
                retrying?: "true" | "false";
                /** @description Nothing has happened for so long, such as `10m`. */
                stuck?: string;
                /** @description Nobody has retried it yet. */
                unrepeated?: "true" | "false";
                /** @description Submitted then or later. */
                since?: string;
                /** @description Words that stand in its id, its workflow's name, its tags, its status or its error code. */
                q?: string;
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description The answer is not older than this position of the log. */
                min_position?: string;
            };
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
                    "application/json": components["schemas"]["Runs"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    submitRun: {
        parameters: {
            query?: {
                /** @description So many seconds the answer waits for the end of the run. */
                wait?: number;
            };
            header?: {
                /** @description The same request again is the same run (200); another one is refused (422). */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Submission"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getRun: {
        parameters: {
            query?: {
                /** @description As it stood at that revision. */
                at?: number;
                /** @description The answer is not older than this position of the log; it waits up to 5 s for that. */
                min_position?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
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
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    pauseRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    resumeRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resuming"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    retryRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    signalRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Signalling"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deciding"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description As it stood at that revision. */
                at?: number;
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
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
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    forkRun: {
        parameters: {
            query?: {
                /** @description `true`: only what would be taken over and done again. */
                dry_run?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Forking"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForkPlan"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    diffRuns: {
        parameters: {
            query?: {
                /** @description Also times that differ. */
                timing?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
                /** @description The id of a run, the beginning of one, or the name it was given. */
                other: string;
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
                    "application/json": components["schemas"]["Diff"];
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    exportRun: {
        parameters: {
            query?: {
                /** @description With the runs that its tasks are. */
                children?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A line of JSON for each event and blob; without its last line it is not whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getStatus: {
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
                    "application/json": components["schemas"]["Status"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listFailures: {
        parameters: {
            query?: {
                by?: "code" | "task" | "model" | "workflow";
                /** @description Failed then or later. */
                since?: string;
                limit?: number;
            };
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
                    "application/json": components["schemas"]["Failures"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description A cursor, `start` or `now`; from the start when left out. */
                after?: string;
                limit?: number;
                /** @description So many seconds the answer waits until there is something. */
                wait?: number;
                /** @description `RunSucceeded`, `Task*`; several with commas. */
                type?: string;
                /** @description Streams whose names begin so: `run-main.`. */
                stream?: string;
                /** @description `stored`: references to blobs and escaped keys stand as in the log, for programs that read it as the engine does. */
                values?: "shown" | "stored";
            };
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
                    "application/json": components["schemas"]["Events"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listRunEvents: {
        parameters: {
            query?: {
                /** @description A cursor, `start` or `now`; from the start when left out. */
                after?: string;
                limit?: number;
                /** @description So many seconds the answer waits until there is something. */
                wait?: number;
                /** @description `RunSucceeded`, `Task*`; several with commas. */
                type?: string;
                /** @description `stored`: references to blobs and escaped keys stand as in the log, for programs that read it as the engine does. */
                values?: "shown" | "stored";
                /** @description From that revision of the run on, instead of a cursor. */
                from?: number;
                /** @description Just these, with commas between. */
                revisions?: number[];
            };
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
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
                    "application/json": components["schemas"]["Events"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description A cursor, `start` or `now`; now when left out. */
                after?: string;
                /** @description `RunSucceeded`, `Task*`; several with commas. */
                type?: string;
                /** @description Streams whose names begin so: `run-main.`. */
                stream?: string;
            };
            header?: {
                /** @description Where the connection before broke off. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they come; `id` is a cursor. `caught-up` and `chunk` have none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    streamRun: {
        parameters: {
            query?: {
                /** @description A cursor, `start` or `now`; now when left out. */
                after?: string;
                /** @description `RunSucceeded`, `Task*`; several with commas. */
                type?: string;
            };
            header?: {
                /** @description Where the connection before broke off. */
                "last-event-id"?: string;
            };
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they come; `id` is a cursor. `caught-up` and `chunk` have none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The run is over, and everything of it was seen. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getHead: {
        parameters: {
            query?: {
                /** @description A cursor; with `wait`, until the log is beyond it. */
                after?: string;
                wait?: number;
            };
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
                    "application/json": components["schemas"]["Head"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getRunBlob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getActor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                actor: string;
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
                    "application/json": components["schemas"]["KnownActor"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listWorkflows: {
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
                    "application/json": components["schemas"]["Workflows"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    registerWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registering"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registered"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registered"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["ShownWorkflow"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getWorkflowVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
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
                    "application/json": components["schemas"]["ShownWorkflow"];
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Checking"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validated"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listProviders: {
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
                    "application/json": components["schemas"]["Providers"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getUsage: {
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
                    "application/json": components["schemas"]["UsageOfModels"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listKeys: {
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
                    "application/json": components["schemas"]["Keys"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyCreation"];
            };
        };
        responses: {
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRotation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note (C2SP tlog-checkpoint). JSON for whoever accepts that. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    makeCheckpoint: {
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
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getVkey: {
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
                    "application/json": components["schemas"]["LogKeys"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the event. */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A proof (C2SP tlog-proof). JSON for whoever accepts that. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": components["schemas"]["Proof"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tile: string;
                level: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getEntries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It is as the tag in `If-None-Match` says. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    readTrail: {
        parameters: {
            query?: {
                /** @description An id, the beginning of one, or a name in the directory. */
                actor?: string;
                /** @description The beginning of the id of a run, subject, key, endpoint or whatever else has a stream. */
                on?: string;
                /** @description `RunFailed`, `Task*`; several with commas. */
                type?: string;
                outcome?: "success" | "failure" | "denied";
                /** @description Then or later: an instant in UTC. */
                since?: string;
                /** @description `true`: also what the engine and providers did in consequence. */
                all?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An entry a line, as `audit trail --json` prints them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    readTrailOfPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrailOfPerson"];
            };
        };
        responses: {
            /** @description An entry a line, as `audit trail --json` prints them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    exportRunAs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run, the beginning of one, or the name it was given. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunExport"];
            };
        };
        responses: {
            /** @description As `export` writes it. What breaks off is not whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    exportLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogExport"];
            };
        };
        responses: {
            /** @description As `export` writes it. What breaks off is not whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    exportPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonExport"];
            };
        };
        responses: {
            /** @description As `export` writes it. What breaks off is not whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getRetention: {
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
                    "application/json": components["schemas"]["Retention"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    runRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionRun"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retained"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listErasures: {
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
                    "application/json": components["schemas"]["Erasures"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    eraseSubject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Erasing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description It is taken in. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listHolds: {
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
                    "application/json": components["schemas"]["Holds"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Holding"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldChange"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Holding"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldChange"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getConfiguration: {
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
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listFlags: {
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
                    "application/json": components["schemas"]["Flags"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    setFlag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flag: "submissions" | "webhooks" | "retention";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlagSetting"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flag"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    clearFlag: {
        parameters: {
            query?: {
                /** @description Recorded with what is asked. */
                reason?: string;
            };
            header?: never;
            path: {
                flag: "submissions" | "webhooks" | "retention";
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
                    "application/json": components["schemas"]["Flag"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listQuotas: {
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
                    "application/json": components["schemas"]["Quotas"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    setQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quota: "open_runs" | "runs_per_day" | "requests_per_minute";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaSetting"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quota"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    clearQuota: {
        parameters: {
            query?: {
                /** @description Recorded with what is asked. */
                reason?: string;
            };
            header?: never;
            path: {
                quota: "open_runs" | "runs_per_day" | "requests_per_minute";
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
                    "application/json": components["schemas"]["Quota"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listWebhooks: {
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
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listWebhookEventTypes: {
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
                    "application/json": components["schemas"]["WebhookEventTypes"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: {
                /** @description Recorded with what is asked. */
                reason?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRotation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    enableWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Enabling"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    disableWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                status?: "pending" | "delivered" | "failed" | "parked";
                limit?: number;
                cursor?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Deliveries"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delivery: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Because"];
            };
        };
        responses: {
            /** @description It is taken in. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replaying"];
            };
        };
        responses: {
            /** @description It is taken in. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["NotUnderstood"];
            401: components["responses"]["NotKnown"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["NotNow"];
        };
    };
}
