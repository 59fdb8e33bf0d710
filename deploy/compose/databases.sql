-- Run once, when the volume of the PostgreSQL server is new. Two databases: Prefect's own, and the
-- review's, which is the one to back up.
CREATE DATABASE prefect;
CREATE DATABASE review;
