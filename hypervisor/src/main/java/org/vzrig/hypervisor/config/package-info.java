/** tinyVP's configuration language: from text files to checked records. */
package org.vzrig.hypervisor.config;
