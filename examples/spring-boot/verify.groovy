assert new File(basedir, 'build.log').text.contains(
        'Netty 4.2 is needed, and 4.1.128.Final is on the class path; where Spring Boot manages versions, set the properties')
