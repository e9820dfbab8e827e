BEGIN TRANSACTION;
CREATE TABLE claims (
	id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	locator TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	predicate TEXT NOT NULL, 
	material TEXT, 
	form TEXT, 
	stage TEXT, 
	place TEXT, 
	site TEXT, 
	actor TEXT, 
	counterparty TEXT, 
	kind TEXT, 
	value DOUBLE, 
	value_max DOUBLE, 
	unit TEXT, 
	comparator TEXT, 
	basis TEXT, 
	period TEXT, 
	modality TEXT NOT NULL, 
	instrument TEXT, 
	attributed_to TEXT, 
	reader TEXT NOT NULL, 
	confidence DOUBLE NOT NULL, 
	flags TEXT, 
	others TEXT, 
	reasons TEXT, 
	batch INTEGER NOT NULL, 
	first_seen TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(source) REFERENCES documents (id)
);
INSERT INTO "claims" VALUES('c77b7084a329e','d31429a220084','28:35','2,500 t','production','tungsten',NULL,'extraction','KAZ',NULL,NULL,NULL,NULL,2500.0,NULL,'t','=',NULL,'2025','actual',NULL,NULL,'rules',1.0,NULL,NULL,'[{"slot":"material","rule":"name","words":"tungsten","start":null,"end":null,"status":"confirmed","note":""},{"slot":"place","rule":"name","words":"Kazakhstan","start":null,"end":null,"status":"confirmed","note":""},{"slot":"site","rule":"name","words":"Kairakty","start":null,"end":null,"status":"possible","note":""}]',1,'2026-11-21T20:27:13+00:00');
INSERT INTO "claims" VALUES('c811757328c62','d58d672f63d2a','37:44','2,500 t','production','tungsten',NULL,'extraction','KAZ',NULL,NULL,NULL,NULL,2500.0,NULL,'t','=',NULL,'2025','actual',NULL,NULL,'rules',1.0,NULL,NULL,'[{"slot":"material","rule":"name","words":"tungsten","start":null,"end":null,"status":"confirmed","note":""},{"slot":"place","rule":"name","words":"Kazakhstan","start":null,"end":null,"status":"confirmed","note":""},{"slot":"site","rule":"name","words":"Kairakty","start":null,"end":null,"status":"possible","note":""}]',2,'2026-11-21T20:27:14+00:00');
INSERT INTO "claims" VALUES('c2d22a72ccb8c','df93ca82c7b92','32:37','40 kt','reserve','tungsten',NULL,'extraction','KAZ','name:Kairakty',NULL,NULL,NULL,40000.0,NULL,'t','=',NULL,NULL,'actual',NULL,NULL,'rules',1.0,NULL,NULL,'[{"slot":"material","rule":"name","words":"tungsten","start":null,"end":null,"status":"confirmed","note":""},{"slot":"place","rule":"name","words":"Kazakhstan","start":null,"end":null,"status":"confirmed","note":""},{"slot":"site","rule":"name","words":"Kairakty","start":null,"end":null,"status":"possible","note":""}]',3,'2026-11-21T20:27:14+00:00');
CREATE TABLE documents (
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	encoding TEXT, 
	notes TEXT NOT NULL, 
	voice TEXT NOT NULL, 
	added TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES sources (id)
);
INSERT INTO "documents" VALUES('d31429a220084','The mine in Kazakhstan gave 2,500 t of tungsten in 2025. The plant in the hills has worked since spring and sells all it makes to one buyer abroad, its owner said.','text/plain','utf-8','[]','07d44c57bde0c6ef 0a16a7d6f0c163a7 1a6611dc34bcb0db 319adde21df2791d 3bf4ec8d8dd7bb03 47df31cce69fc9ae 5454ee2244e92e3a 5747fd954070f51d 84c8874007f4a316 88255fbc858fd3e7 8a379e161df19930 9b9f15ab119f4f68 9ea3f7267ab89c03 b02ba369edb25d4f b0f49800d42d2dc3 b6acf74e8a4191a4 b80abe2c943772ec bf9b220973a5f750 ce0602708694c344 ce990d279a1607cd e1aefa728043804f e2b71fc9956a9349 e736190c63e1d848 e95873d3bc7acaec ed4fbad293fe7adb f80fe91d82b4ea36','2026-11-21T20:27:13+00:00');
INSERT INTO "documents" VALUES('d58d672f63d2a','Reprint. The mine in Kazakhstan gave 2,500 t of tungsten in 2025. The plant in the hills has worked since spring and sells all it makes to one buyer abroad, its owner said.','text/plain','utf-8','["repaired"]','07d44c57bde0c6ef 0a16a7d6f0c163a7 1a6611dc34bcb0db 319adde21df2791d 3bf4ec8d8dd7bb03 47df31cce69fc9ae 5454ee2244e92e3a 5747fd954070f51d 5e49046640f5e724 84c8874007f4a316 88255fbc858fd3e7 8a379e161df19930 9b9f15ab119f4f68 9ea3f7267ab89c03 b02ba369edb25d4f b0f49800d42d2dc3 b6acf74e8a4191a4 b80abe2c943772ec bf9b220973a5f750 ce0602708694c344 ce990d279a1607cd e1aefa728043804f e2b71fc9956a9349 e736190c63e1d848 e95873d3bc7acaec ed4fbad293fe7adb f80fe91d82b4ea36','2026-11-21T20:27:14+00:00');
INSERT INTO "documents" VALUES('df93ca82c7b92','Another pit near Kairakty holds 40 kt – «вольфрам», they say.','text/plain','utf-8','["repaired"]','065043b8561652cc 5b5857fd2202c709 9039c6ab57373dca','2026-11-21T20:27:14+00:00');
CREATE TABLE identities (
	number INTEGER NOT NULL, 
	claim TEXT NOT NULL, 
	slot TEXT NOT NULL, 
	words TEXT NOT NULL, 
	entity TEXT NOT NULL, 
	status TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	judged_by TEXT NOT NULL, 
	judged_at TEXT NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(claim) REFERENCES claims (id)
);
INSERT INTO "identities" VALUES(1,'c77b7084a329e','material','tungsten','tungsten','confirmed','name','rules','2026-11-21T20:27:13+00:00');
INSERT INTO "identities" VALUES(2,'c77b7084a329e','place','Kazakhstan','KAZ','confirmed','name','rules','2026-11-21T20:27:13+00:00');
INSERT INTO "identities" VALUES(3,'c811757328c62','material','tungsten','tungsten','confirmed','name','rules','2026-11-21T20:27:14+00:00');
INSERT INTO "identities" VALUES(4,'c811757328c62','place','Kazakhstan','KAZ','confirmed','name','rules','2026-11-21T20:27:14+00:00');
INSERT INTO "identities" VALUES(5,'c2d22a72ccb8c','material','tungsten','tungsten','confirmed','name','rules','2026-11-21T20:27:14+00:00');
INSERT INTO "identities" VALUES(6,'c2d22a72ccb8c','place','Kazakhstan','KAZ','confirmed','name','rules','2026-11-21T20:27:14+00:00');
INSERT INTO "identities" VALUES(7,'c2d22a72ccb8c','site','Kairakty','name:Kairakty','possible','name','rules','2026-11-21T20:27:14+00:00');
INSERT INTO "identities" VALUES(8,'c2d22a72ccb8c','site','Kairakty','upper-kairakty','confirmed','review','Ann','2026-11-21T20:27:14+00:00');
CREATE TABLE lodeclaim_meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "lodeclaim_meta" VALUES('schema','1');
CREATE TABLE sources (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT, 
	publisher TEXT, 
	language TEXT, 
	published TEXT, 
	published_basis TEXT, 
	address TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sha256)
);
INSERT INTO "sources" VALUES('d31429a220084','document',NULL,'The Daily','en','2026-01-01','dateline','article-1.txt','31429a2200845e2fb3b2041a972ddad4041cc0730ee1d87b174f29815df40bda');
INSERT INTO "sources" VALUES('d58d672f63d2a','document',NULL,'The Daily','en','2026-01-02','dateline','article-2.txt','58d672f63d2afdcea55e6d7211a5e6f05982f61865cd70188ed904ca29cfb868');
INSERT INTO "sources" VALUES('df93ca82c7b92','document',NULL,'The Daily','en','2026-01-03','dateline','article-3.txt','f93ca82c7b920ad397794f81e61819e738a7db14473dc3512ffeec3a76e2c5a4');
CREATE INDEX claims_by_source ON claims (source);
CREATE INDEX claims_by_counterparty ON claims (counterparty);
CREATE INDEX claims_by_material ON claims (material);
CREATE INDEX claims_by_predicate ON claims (predicate);
CREATE INDEX claims_by_actor ON claims (actor);
CREATE INDEX claims_by_place ON claims (place);
CREATE INDEX claims_by_site ON claims (site);
CREATE INDEX identities_by_claim ON identities (claim, slot);
COMMIT;
